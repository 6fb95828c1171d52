"""Tests of programs: files of scenarios read, played over the runtime, and reported on."""
