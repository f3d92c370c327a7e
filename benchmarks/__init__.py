"""Benchmarks: speed as ratios within one run and as growth exponents. `python -m benchmarks` runs them."""
