"""What admin classes are made of."""
