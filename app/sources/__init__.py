"""Where signals come from: clock, device, place, link parameters, weather. Sources answer readings, and never raise."""
