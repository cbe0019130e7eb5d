"""From counts to protected figures: indicators, the gate (disclosure control) and the one way to figures."""
