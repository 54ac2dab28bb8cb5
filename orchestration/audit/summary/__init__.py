"""The page that a release is read by: population, fees and services of each county, in Chinese and English."""
