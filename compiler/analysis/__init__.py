"""Deciding conditions: can these hold together, and for which customer and order?"""
