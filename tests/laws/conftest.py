"""The laws run with the profile that HYPOTHESIS_PROFILE names."""

from tests.support.profiles import register

register()
