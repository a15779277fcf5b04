"""What both web processes do around Django."""

from collections.abc import Callable, Iterable
from typing import Any

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def under_own_name(application: Application) -> Application:
    """Answer as «stand»: the web server would otherwise name itself to everybody (WEB-10)."""

    def serve(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("Server", "stand")], *rest)

        return application(environ, start)

    return serve
