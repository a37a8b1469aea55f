"""The agency's own sign-on by OpenID Connect: discovery, PKCE, a nonce, and signatures that are always checked."""
