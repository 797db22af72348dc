"""The production stack as an operator meets it, and its images as an intruder would."""

import json
import stat
import subprocess

import pytest

from tests.compose.conftest import Production, journeys
from tests.compose.stacks import inspect, run, volumes, wait_until_healthy

BASE = "python:3.13-slim"
# The packages, their compiled form, and the front end.
MOST_OVER_BASE = 150 * 1024 * 1024
LABELS = {"title", "description", "licenses", "version", "revision", "base.name"}
SERVICES = ["api", "db", "cache", "proxy"]


def image(production: Production) -> str:
    """Return the name of the image that was deployed."""
    return f"{production.stack.project}:latest"


def inside(production: Production, *command: str) -> str:
    """Run a command in a replica of the API."""
    return run("docker", "exec", production.stack.containers("api")[0], *command)


def test_deploy_starts_two_replicas(production: Production) -> None:
    """The API runs twice, and is ready behind one address."""
    assert len(production.stack.containers("api")) == 2
    with production.client() as client:
        assert client.get("/health/ready").status_code == 200


def test_journeys(production: Production) -> None:
    """The end-to-end tests pass behind the proxy."""
    journeys(production.site)


def test_more_replicas(production: Production) -> None:
    """The API runs as often as one says, and what one replica knows the others know too."""
    scale = ["up", "--detach", "--no-deps", "--no-recreate", "--scale"]
    production.stack.compose(*scale, "api=3", "api")
    more = production.stack.containers("api")
    for container in more:
        wait_until_healthy(container)
    site = production.site
    account = site.new_account("Mary Jackson")
    headers = {"Authorization": f"Bearer {site.access_token(account)}"}
    with site.client() as client:
        answers = [client.get("/users/me", headers=headers) for _ in range(12)]
    production.stack.compose(*scale, "api=2", "api")

    assert len(more) == 3
    assert {answer.json()["email"] for answer in answers} == {account.email}


def test_secrets_are_files_of_one_account(production: Production) -> None:
    """Nobody else on the server can read them, and each is random."""
    files = list((production.stack.folder / "secrets").iterdir())
    modes = {stat.S_IMODE(file.stat().st_mode) for file in files}
    values = [file.read_text().strip() for file in files if file.name != "SMTP_PASSWORD"]

    assert modes == {0o600}
    assert len(set(values)) == 3
    assert min(map(len, values)) >= 20


def test_no_secret_in_the_image_or_the_environment(production: Production) -> None:
    """Neither the layers, nor what the engine tells of containers, hold one."""
    files = (production.stack.folder / "secrets").iterdir()
    secrets = [value for file in files if (value := file.read_text().strip())]
    said = [run("docker", "history", "--no-trunc", image(production))]
    for service in SERVICES:
        said += [inspect(name, "{{json .}}") for name in production.stack.containers(service)]

    assert [secret for secret in secrets if any(secret in text for text in said)] == []


def test_nothing_runs_as_root_but_the_proxy(production: Production) -> None:
    """The proxy is root without any of root's rights but that to the ports below 1024."""
    users = {
        service: run("docker", "exec", production.stack.containers(service)[0], "id", "-u").strip()
        for service in SERVICES
    }
    added = inspect(production.stack.containers("proxy")[0], "{{.HostConfig.CapAdd}}")

    assert [service for service, user in users.items() if user == "0"] == ["proxy"]
    assert added in ("[NET_BIND_SERVICE]", "[CAP_NET_BIND_SERVICE]")


@pytest.mark.parametrize("service", SERVICES)
def test_containers_are_closed(production: Production, service: str) -> None:
    """The file system cannot be written, no right can be gained, memory and logs are bounded."""
    container = production.stack.containers(service)[0]
    write = ["docker", "exec", container, "touch", "/usr/local/probe"]
    written = subprocess.run(write, capture_output=True, text=True, check=False)
    form = (
        "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} "
        "{{.HostConfig.RestartPolicy.Name}} {{index .HostConfig.LogConfig.Config `max-size`}}"
    )

    assert "Read-only file system" in written.stderr
    assert inspect(container, form) == "true [ALL] [no-new-privileges:true] unless-stopped 10m"
    assert int(inspect(container, "{{.HostConfig.Memory}}")) > 0


def test_volumes_have_names(production: Production) -> None:
    """One without a name would be left behind by each deployment."""
    stack = production.stack
    found = [name for it in SERVICES for one in stack.containers(it) for name in volumes(one)]

    assert f"{stack.project}_database" in found
    assert [name for name in found if not name.startswith(stack.project)] == []


def test_image_holds_what_runs_and_nothing_else(production: Production) -> None:
    """No builder, no cache, no sources of the front end; the built one is there."""
    absent = ["pip", "uv", "gcc", "npm", "node", "git"]
    found = inside(
        production, "sh", "-c", f"for it in {' '.join(absent)}; do command -v $it; done; true"
    )
    # As root, who sees every folder.
    as_root = ["docker", "run", "--rm", "--user=0", "--network=none", image(production)]
    caches = "ls -A ~root/.cache ~root/.npm /tmp /var/lib/apt/lists /var/cache/apt/archives/*.deb"
    cached = run(*as_root, "sh", "-c", f"{caches} 2>/dev/null | grep -v :; true").split()

    assert found.strip() == ""
    assert cached == []
    assert "index.html" in inside(production, "ls", "frontend/dist")
    assert "src" not in inside(production, "ls", "frontend").split()


def test_image_is_small_and_labelled(production: Production) -> None:
    """It adds to its base what the product needs; its labels say what it is."""
    over = int(inspect(image(production), "{{.Size}}")) - int(inspect(BASE, "{{.Size}}"))
    config = inspect(image(production), "{{.Config.User}} {{.Config.Cmd}} {{.Config.Entrypoint}}")
    labels = json.loads(inspect(image(production), "{{json .Config.Labels}}"))

    assert 0 < over < MOST_OVER_BASE
    assert config == "10001:10001 [python -m app.serve] []"
    assert {f"org.opencontainers.image.{name}" for name in LABELS} <= set(labels)


def test_unsafe_settings_stop_the_start(production: Production) -> None:
    """One message names all of them, and no value."""
    unsafe = {
        "SECRET_KEY": "changeme" * 5,
        "LOG_LEVEL": "DEBUG",
        "ALLOWED_ORIGINS": "http://evil.example",
        "PUBLIC_ORIGINS": "http://app.example",
        "DATABASE_URL": "postgresql://kingpost:kingpost@db/kingpost",
        "PASSWORD_HASH_PASSES": "1",
        "ADMIN_PASSWORD": "admin",
    }
    given = [word for name, value in unsafe.items() for word in ("--env", f"{name}={value}")]
    command = ["docker", "run", "--rm", "--network=none", *given, image(production)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    message = answer.stderr.strip()

    assert answer.returncode != 0
    assert "\n" not in message
    assert [name for name in unsafe if f"{name}: " not in message] == []
    assert "evil.example" not in message
    assert "changeme" not in message
