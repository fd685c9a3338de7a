"""Tests of the package `analyse`."""
