package io.sluice.conformance.sqs.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// boto3, by which most of Python speaks to SQS. Debian's speaks the Query protocol, newer ones JSON.
@Conformance
class Boto3Test {
    private static final Path SCENARIOS = Path.of("src/test/resources/sqs/boto3/scenarios.py");

    @Test
    void debiansDoesWhatItDoesWithTheService(SqsAddress service) {
        Promises.ofSluiceOnly("ElasticMQ's sequence numbers do not have twenty digits");
        Program.requireThat(
                Script.works("/usr/bin/python3", "-c", "import boto3"),
                "apt-get install python3-boto3, or ./sluice test as root");

        assertThat(Script.run(service, "/usr/bin/python3", SCENARIOS)).endsWith("ok\n");
    }

    @Test
    void soDoesTheOneOfThePath(SqsAddress service) {
        Promises.ofSluiceOnly("ElasticMQ shows empty lists");
        Program.requireThat(
                Script.works("python3", "-c", "import boto3")
                        || Script.works("/usr/bin/python3", "-c", "import boto3"),
                "apt-get install python3-boto3, or ./sluice test as root");
        var python = Script.works("python3", "-c", "import boto3") ? "python3" : "/usr/bin/python3";

        assertThat(Script.run(service, python, SCENARIOS)).endsWith("ok\n");
    }
}
