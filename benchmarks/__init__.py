"""Benchmarks: each prints its figures, naive and good side by side in one run (`make bench`)."""
