"""A small sign-on of an agency on this machine that speaks OpenID Connect for real: discovery, codes with PKCE, signed tokens."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KID = "selaras", "rahasia-klien", "kunci-1"


class SignOn:
    """Use as a context. `person` are the claims of whoever signs in; `spoil` changes the ID token before it is signed."""

    def __init__(self, **person):
        self.person = {"sub": "orang-1", "email": "ani@contoh.example", "email_verified": True} | person
        self.spoil = lambda claims: claims
        self.key = self.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes, self.tokens, self.asked = {}, {}, []
        self.issuer_told = None

    def __enter__(self):
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                owner.answer(self, urlsplit(self.path), None)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                owner.answer(self, urlsplit(self.path), {key: values[0] for key, values in parse_qs(body).items()})

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.thread.join(10)
        self.server.server_close()

    def answer(self, handler, address, form):
        pages = {
            "/.well-known/openid-configuration": self.discovery, "/masuk": self.authorize, "/token": self.token,
            "/orang": self.userinfo, "/kunci": self.keys,
        }  # fmt: skip
        status, headers, body = pages[address.path](handler, address, form)
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(json.dumps(body).encode())

    def discovery(self, *_):
        return 200, {}, {
            "issuer": self.issuer_told or self.issuer, "authorization_endpoint": f"{self.issuer}/masuk",
            "token_endpoint": f"{self.issuer}/token", "userinfo_endpoint": f"{self.issuer}/orang",
            "jwks_uri": f"{self.issuer}/kunci", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"], "code_challenge_methods_supported": ["S256"],
        }  # fmt: skip

    def authorize(self, _handler, address, _form):
        asked = {key: values[0] for key, values in parse_qs(address.query).items()}
        self.asked.append(asked)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        query = urlencode({"code": code, "state": asked["state"]})
        return 302, {"Location": f"{asked['redirect_uri']}?{query}"}, {}

    def token(self, _handler, _address, form):
        asked = self.codes.pop(form["code"], None)
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
            .rstrip(b"=")
            .decode()
        )
        if asked is None or challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {}, {"error": "invalid_grant"}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {}, {"error": "invalid_client"}
        now = int(time.time())
        claims = {
            **self.person, "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
        }  # fmt: skip
        token = secrets.token_urlsafe(12)
        self.tokens[token] = self.person
        signed = jwt.encode(self.spoil(claims), self.signing_key, algorithm="RS256", headers={"kid": KID})
        return 200, {}, {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def userinfo(self, handler, *_):
        person = self.tokens.get(handler.headers.get("Authorization", "").removeprefix("Bearer "))
        return (200, {}, person) if person else (401, {}, {"error": "invalid_token"})

    def keys(self, *_):
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return 200, {}, {"keys": [told | {"kid": KID, "alg": "RS256", "use": "sig"}]}


def use(settings, sign_on):
    """Let the application sign people in there."""
    app = {
        "provider_id": "instansi", "name": "Akun Instansi Contoh", "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": sign_on.issuer, "oauth_pkce_enabled": True},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
