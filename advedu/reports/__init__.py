"""Figures → reports. One file per report; each knows storage and pure rules, and neither argv nor terminal."""
