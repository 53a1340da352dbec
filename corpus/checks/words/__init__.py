"""Word lists that checks share: one module per topic, the languages side by side."""
