package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBrokerCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;

/// DescribeCluster (60): a cluster of one broker, which is its own controller.
///
/// Asked as if it were a controller's listener (endpoint type 2) it refuses, as a broker of Kafka's does.
final class DescribeClusterHandler implements RequestHandler {
    private static final byte BROKERS = 1;
    private static final byte CONTROLLERS = 2;

    private final Broker broker;

    DescribeClusterHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var endpoints = request.body(DescribeClusterRequest.class).data().endpointType();
        responder.answer(
                new DescribeClusterResponse(
                        endpoints == BROKERS ? cluster(request) : refusal(endpoints)));
    }

    private DescribeClusterResponseData cluster(Request request) {
        var node = request.node();
        var brokers = new DescribeClusterBrokerCollection();
        brokers.add(
                new DescribeClusterBroker()
                        .setBrokerId(node.id())
                        .setHost(node.host())
                        .setPort(node.port())
                        .setRack(node.rack()));
        return new DescribeClusterResponseData()
                .setClusterId(TopicIds.kafka(broker.catalog().clusterId()).toString())
                .setControllerId(node.id())
                .setErrorMessage(null)
                .setBrokers(brokers);
    }

    private static DescribeClusterResponseData refusal(byte endpoints) {
        return endpoints == CONTROLLERS
                ? new DescribeClusterResponseData()
                        .setErrorCode(Errors.MISMATCHED_ENDPOINT_TYPE.code())
                        .setErrorMessage(
                                "The request was sent to an endpoint of type BROKER, but we wanted an"
                                        + " endpoint of type CONTROLLER")
                : new DescribeClusterResponseData()
                        .setErrorCode(Errors.UNSUPPORTED_ENDPOINT_TYPE.code())
                        .setErrorMessage("Unsupported endpoint type " + endpoints);
    }
}
