"""The weather at a place, from one of several services, by grid cell and never by person.

A vendor says what to ask and reads answers into a neutral `Report`; everything else (memory, deadlines, single flight,
circuit breaker, readings) is written once, in `source`.
"""
