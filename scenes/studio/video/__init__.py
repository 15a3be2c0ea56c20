"""How a clip is rendered: Manim as shipped, the encoder, drafts."""
