# SPDX-License-Identifier: MIT
"""A throw-away authority and servers with a right or a wrong certificate."""
import ssl
import subprocess
import tempfile
from pathlib import Path

from . import places

# Names of AWS too, for clients that come through the proxy.
OURS = ",".join(["IP:127.0.0.1", "DNS:localhost",
                 *(f"DNS:{name}" for name in places.names())])
VALID = ("20200101000000Z", "20991231000000Z")
OVER = ("20200101000000Z", "20200201000000Z")

_NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
_CA_CONFIG = """
[ca]
default_ca = local
[local]
database = index
new_certs_dir = .
default_md = sha256
policy = anything
rand_serial = yes
unique_subject = no
[anything]
commonName = supplied
"""


def contexts(folder):
    """Server contexts by what is peculiar about them; folder gets ca.pem."""
    with tempfile.TemporaryDirectory() as scratch:
        ours = _Authority(Path(scratch, "ours"))
        stranger = _Authority(Path(scratch, "stranger"))
        Path(folder, "ca.pem").write_bytes(ours.certificate.read_bytes())
        old = ours.context("old", OURS, VALID)
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        return {
            "good": ours.context("good", OURS, VALID),
            "expired": ours.context("expired", OURS, OVER),
            "wrong-host": ours.context("host", "DNS:sts.example.com", VALID),
            "stranger": stranger.context("stranger", OURS, VALID),
            "old": old,
        }


class _Authority:
    def __init__(self, folder):
        folder.mkdir()
        self._folder = folder
        self.certificate = folder / "ca.pem"
        (folder / "index").touch()
        (folder / "config").write_text(_CA_CONFIG)
        self._openssl("req", "-x509", *_NEW_KEY, "-keyout", "ca.key", "-out",
                      "ca.pem", "-subj", "/CN=fob test authority", "-days",
                      "3650", "-addext", "keyUsage=critical,keyCertSign")

    def context(self, name, alt_names, period):
        """Server side with a new key and a certificate of that period."""
        self._openssl("req", *_NEW_KEY, "-keyout", "key", "-out", "request",
                      "-subj", f"/CN={name}")
        (self._folder / "names").write_text(f"subjectAltName={alt_names}\n")
        self._openssl("ca", "-batch", "-notext", "-config", "config", "-cert",
                      "ca.pem", "-keyfile", "ca.key", "-in", "request", "-out",
                      "leaf.pem", "-startdate", period[0], "-enddate",
                      period[1], "-extfile", "names")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / "leaf.pem",
                                self._folder / "key")
        return context

    def _openssl(self, *args):
        subprocess.run(["openssl", *args], cwd=self._folder, check=True,
                       capture_output=True)
