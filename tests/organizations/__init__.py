"""Tests of organizations and access."""
