"""The provider that allauth loads: its own, with a nonce bound to the sign-in and nothing taken on trust."""

from __future__ import annotations

import hashlib
from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


class AgencyAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One sign-in: from the answer with a code to the person."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the sign-on says about itself; it must speak for the issuer that the settings name."""
        config: dict[str, Any] = super().openid_config
        named = self.get_provider().app.settings["server_url"].partition("/.well-known/")[0]
        if str(config.get("issuer", "")).rstrip("/") != named.rstrip("/"):
            raise OAuth2Error("The discovery document speaks for another issuer.")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """The tokens for the code; the nonce that they must repeat follows from the verifier of this sign-in."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> Any:
        """The person behind a signed ID token for us, of this issuer, of this very sign-in. Raises OAuth2Error."""
        claims = self._claims(str(kwargs["response"].get("id_token") or ""), app)
        if not self.nonce or claims.get("nonce") != self.nonce:
            raise OAuth2Error("The ID token belongs to another sign-in (nonce).")
        data = {"id_token": claims}
        if "userinfo_endpoint" in self.openid_config:
            data["userinfo"] = self._fetch_user_info(token.token)
            if data["userinfo"].get("sub") != claims.get("sub"):
                raise OAuth2Error("The user info is about another person.")
        return self.get_provider().sociallogin_from_response(request, data)

    def _claims(self, raw: str, app: Any) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(raw).get("alg") not in ALGORITHMS:
                raise OAuth2Error("The ID token is signed in a way that is not accepted.")
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=raw,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (jwt.PyJWTError, KeyError) as error:
            raise OAuth2Error("The ID token cannot be read.") from error
        return claims


class AgencyProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """OpenID Connect with PKCE and nonce in every request."""

    oauth2_adapter_class = AgencyAdapter

    def get_pkce_params(self) -> dict[str, str]:
        """The challenge of PKCE, and a nonce that follows from its verifier, so that the session keeps one secret."""
        params: dict[str, str] = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Nothing from the address: a link may not choose what is asked of the sign-on."""
        del request, action
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """The scope of the settings."""
        del request
        return list(self.get_scope())


def nonce_of(verifier: str) -> str:
    """The nonce of the sign-in that has this PKCE verifier; nobody gets from it back to the verifier."""
    return hashlib.sha256(b"nonce " + verifier.encode()).hexdigest() if verifier else ""


provider_classes = [AgencyProvider]
