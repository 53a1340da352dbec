"""The GPU program's four calls. The messages are worker.protocol, nothing else."""

from __future__ import annotations

from rest_framework.response import Response

from annotation import leasing, proposing
from annotation.models import AccessToken
from api.authentication import ViewerRequest
from api.endpoint import Endpoint, documented
from api.messages import shape_of
from worker import protocol


class WorkerEndpoint(Endpoint):
    roles = (AccessToken.Scope.WORKER,)
    tag = "worker"


class Claim(WorkerEndpoint):
    """Lease generation jobs."""

    @documented(
        shape_of(protocol.ClaimReply),
        takes=shape_of(protocol.ClaimRequest),
        refuses=(422,),
    )
    def post(self, request: ViewerRequest) -> Response:
        asked = protocol.ClaimRequest.from_json(request.data)
        reply = leasing.claim(by=request.viewer, request=asked)
        return Response(reply.to_json())


class Heartbeat(WorkerEndpoint):
    """Extend the leases of the jobs in flight."""

    @documented(
        shape_of(protocol.HeartbeatReply),
        takes=shape_of(protocol.HeartbeatRequest),
        refuses=(422,),
    )
    def post(self, request: ViewerRequest) -> Response:
        asked = protocol.HeartbeatRequest.from_json(request.data)
        reply = leasing.heartbeat(by=request.viewer, request=asked)
        return Response(reply.to_json())


class JobResult(WorkerEndpoint):
    """Hand in the text or opinion a job asked for; the same result twice is one."""

    @documented(
        shape_of(protocol.ResultReply),
        takes=shape_of(protocol.Result),
        refuses=(404, 409, 422),
    )
    def put(self, request: ViewerRequest, job_id: int) -> Response:
        result = protocol.Result.from_json(request.data)
        reply = proposing.accept(by=request.viewer, job_id=job_id, result=result)
        return Response(reply.to_json())


class JobFailure(WorkerEndpoint):
    """Say why a job was not done."""

    @documented(
        shape_of(protocol.FailReply),
        takes=shape_of(protocol.Failure),
        refuses=(404, 409, 422),
    )
    def post(self, request: ViewerRequest, job_id: int) -> Response:
        failure = protocol.Failure.from_json(request.data)
        reply = leasing.fail(by=request.viewer, job_id=job_id, failure=failure)
        return Response(reply.to_json())
