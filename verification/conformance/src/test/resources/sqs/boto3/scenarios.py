"""boto3, one scenario after the other: scenarios.py <endpoint> <name>"""
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, name = sys.argv[1], sys.argv[2]
settings = dict(
    endpoint_url=endpoint, region_name="us-east-1",
    aws_access_key_id="test", aws_secret_access_key="test",
    config=Config(retries={"max_attempts": 1}))
client = boto3.client("sqs", **settings)
resource = boto3.resource("sqs", **settings)


def refused(code, call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400, error.response
        return error
    raise AssertionError(f"not refused: {call} {parameters}")


def messages_survive():
    url = client.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "60"})["QueueUrl"]
    try:
        body = "a\r\nb \"quoted\" <x>&amp; \u20ac \U0001f600"
        sent = client.send_message(
            QueueUrl=url, MessageBody=body,
            MessageAttributes={
                "text": {"DataType": "String", "StringValue": "\u20ac"},
                "count": {"DataType": "Number.int", "StringValue": "42"},
                "blob": {"DataType": "Binary", "BinaryValue": b"\x00\xff\r"}})
        got = client.receive_message(
            QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"],
            WaitTimeSeconds=10)["Messages"]
        assert len(got) == 1, got
        message = got[0]
        assert message["Body"] == body, message
        assert message["MessageId"] == sent["MessageId"]
        assert message["Attributes"]["ApproximateReceiveCount"] == "1"
        assert message["MessageAttributes"]["blob"]["BinaryValue"] == b"\x00\xff\r", message
        assert message["MessageAttributes"]["count"]["DataType"] == "Number.int"
        assert message["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
        client.change_message_visibility(
            QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
        again = client.receive_message(QueueUrl=url, WaitTimeSeconds=10)["Messages"][0]
        assert again["MessageId"] == sent["MessageId"]
        client.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
        assert "Messages" not in client.receive_message(QueueUrl=url)
    finally:
        client.delete_queue(QueueUrl=url)


def batches_work():
    queue = resource.create_queue(QueueName=name + "-batch")
    try:
        answer = queue.send_messages(
            Entries=[{"Id": str(i), "MessageBody": f"body {i}"} for i in range(10)])
        assert len(answer["Successful"]) == 10 and "Failed" not in answer, answer
        bodies = set()
        while len(bodies) < 10:
            got = queue.receive_messages(MaxNumberOfMessages=10, WaitTimeSeconds=5)
            assert got
            bodies.update(message.body for message in got)
            queue.delete_messages(
                Entries=[{"Id": str(i), "ReceiptHandle": m.receipt_handle} for i, m in enumerate(got)])
        assert bodies == {f"body {i}" for i in range(10)}, bodies
    finally:
        queue.delete()


def order_is_kept():
    url = client.create_queue(
        QueueName=name + ".fifo",
        Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
    try:
        for i in range(5):
            sent = client.send_message(QueueUrl=url, MessageBody=str(i), MessageGroupId="g")
            assert len(sent["SequenceNumber"]) == 20, sent
        client.send_message(QueueUrl=url, MessageBody="0", MessageGroupId="g")
        got = client.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["MessageGroupId"],
            WaitTimeSeconds=5)["Messages"]
        assert [message["Body"] for message in got] == ["0", "1", "2", "3", "4"], got
        assert got[0]["Attributes"] == {"MessageGroupId": "g"}, got[0]
    finally:
        client.delete_queue(QueueUrl=url)


def queues_are_administered():
    urls = [client.create_queue(QueueName=f"{name}-page-{i}")["QueueUrl"] for i in range(3)]
    try:
        listed = client.list_queues(QueueNamePrefix=name + "-page-")["QueueUrls"]
        assert sorted(listed) == sorted(urls), listed
        assert "QueueUrls" not in client.list_queues(QueueNamePrefix=name + "-none")
        client.tag_queue(QueueUrl=urls[0], Tags={"team": "orders"})
        assert client.list_queue_tags(QueueUrl=urls[0])["Tags"] == {"team": "orders"}
        client.untag_queue(QueueUrl=urls[0], TagKeys=["team"])
        assert not client.list_queue_tags(QueueUrl=urls[0]).get("Tags")
        client.set_queue_attributes(QueueUrl=urls[0], Attributes={"DelaySeconds": "7"})
        attributes = client.get_queue_attributes(
            QueueUrl=urls[0], AttributeNames=["DelaySeconds", "QueueArn"])["Attributes"]
        assert attributes["DelaySeconds"] == "7", attributes
        assert attributes["QueueArn"].endswith(":" + name + "-page-0"), attributes
        client.purge_queue(QueueUrl=urls[0])
    finally:
        for url in urls:
            client.delete_queue(QueueUrl=url)


def refusals_have_their_names():
    refused("AWS.SimpleQueueService.NonExistentQueue", client.get_queue_url, QueueName=name + "-none")
    try:
        client.get_queue_url(QueueName=name + "-none")
    except client.exceptions.QueueDoesNotExist:
        pass
    url = client.create_queue(QueueName=name + "-refusals")["QueueUrl"]
    try:
        refused("ReceiptHandleIsInvalid", client.delete_message, QueueUrl=url, ReceiptHandle="garbage")
        refused("InvalidParameterValue", client.receive_message, QueueUrl=url, MaxNumberOfMessages=11)
        refused(
            "AWS.SimpleQueueService.EmptyBatchRequest", client.send_message_batch, QueueUrl=url, Entries=[])
    finally:
        client.delete_queue(QueueUrl=url)


messages_survive()
batches_work()
order_is_kept()
queues_are_administered()
refusals_have_their_names()
print("ok")
