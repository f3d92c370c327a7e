"""Values as content controls, and the store behind them."""
