"""A small OpenID Connect provider over HTTP, as a province would run one, and able to answer wrongly on purpose."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "chibo", "bí mật của máy"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it is, whom it signs in next, and what it gets wrong."""

    issuer: str
    subject: str = "nguoi-1"
    claims: dict[str, Any] = field(default_factory=lambda: {"member_code": "45.001201"})
    wrong: dict[str, Any] = field(default_factory=dict)  # put over the claims of the token
    key: rsa.RSAPrivateKey = KEY
    algorithm: str = "RS256"
    secret_key: str = ""
    told_issuer: str = ""
    userinfo: dict[str, Any] = field(default_factory=dict)
    broken: str = ""
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # by code

    def authorise(self, address: str) -> str:
        """Stand in for the person at the province's page: the address that the browser is sent back to."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        back = urlsplit(query["redirect_uri"]).path
        return f"{back}?code={code}&state={query['state']}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The answer to a code; none to a wrong secret, a used code, a proof that does not fit."""
        asked = self.asked.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or form.get("client_secret") != SECRET:
            return None
        if proof.decode().rstrip("=") != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], **self.claims, **self.wrong}
        claims = {name: value for name, value in claims.items() if value is not None}
        key: Any = self.key if self.algorithm == "RS256" else self.secret_key
        signed = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "1"})
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def answer(self, path: str, form: dict[str, str]) -> Any:
        """What stands at a path; None for a refusal."""
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "k", "userinfo_endpoint": "u"}
            found = {name: f"{self.issuer}/{place}" for name, place in places.items()}
            methods = ["client_secret_post"]
            return found | {"issuer": self.told_issuer or self.issuer, "token_endpoint_auth_methods_supported": methods}
        if path == "/k":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}
        return self.token(form) if path == "/t" else self.userinfo


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.reply({name: values[0] for name, values in parse_qs(sent).items()})

        def reply(self, form: dict[str, str]) -> None:
            found = provider.answer(urlsplit(self.path).path, form)
            text = provider.broken or json.dumps(found)
            self.send_response(400 if found is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()
