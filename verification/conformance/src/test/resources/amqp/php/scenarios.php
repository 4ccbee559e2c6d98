<?php
// php-amqplib, one scenario after the other: php scenarios.php <host> <port> <name>
require_once 'PhpAmqpLib/autoload.php';

use PhpAmqpLib\Channel\AMQPChannel;
use PhpAmqpLib\Connection\AMQPStreamConnection;
use PhpAmqpLib\Exception\AMQPProtocolChannelException;
use PhpAmqpLib\Exchange\AMQPExchangeType;
use PhpAmqpLib\Message\AMQPMessage;
use PhpAmqpLib\Wire\AMQPTable;


[, $host, $port, $name] = $argv;

function expect($what, $expected, $actual): void
{
    if ($expected != $actual) {
        throw new Exception("$what: expected " . var_export($expected, true) . ', was ' . var_export($actual, true));
    }
}

/** Consumes until `$count` messages have come, and leaves their settlement to `$settle`. */
function consume(AMQPChannel $channel, string $queue, int $count, callable $settle): array
{
    $received = [];
    $tag = $channel->basic_consume($queue, '', false, false, false, false, function (AMQPMessage $message) use (&$received, $settle) {
        $received[] = $message;
        $settle($message);
    });
    while (count($received) < $count) {
        $channel->wait(null, false, 20);
    }
    $channel->basic_cancel($tag);
    return $received;
}

function propertiesSurvive(AMQPStreamConnection $connection, string $name): void
{
    $channel = $connection->channel();
    [$queue] = $channel->queue_declare("$name-properties", false, true, false, false);
    $headers = ['text' => 'Grüße', 'number' => 7, 'large' => 2 ** 40, 'yes' => true, 'nothing' => null,
        'list' => [1, 'two'], 'table' => ['deep' => ['deeper' => 'down']]];
    $sent = ['content_type' => 'text/plain', 'content_encoding' => 'utf-8', 'delivery_mode' => 2, 'priority' => 3,
        'correlation_id' => 'c', 'reply_to' => 'r', 'expiration' => '60000', 'message_id' => 'm', 'timestamp' => 1700000000,
        'type' => 't', 'user_id' => 'guest', 'app_id' => 'a'];
    $channel->basic_publish(new AMQPMessage('body', $sent + ['application_headers' => new AMQPTable($headers)]), '', $queue);
    $message = $channel->basic_get($queue);
    $received = $message->get_properties();
    expect('headers', $headers, $received['application_headers']->getNativeData());
    unset($received['application_headers']);
    ksort($sent);
    ksort($received);
    expect('properties', $sent, $received);
    expect('body', 'body', $message->getBody());
    $message->ack();
    expect('a second message', null, $channel->basic_get($queue));
    $channel->queue_delete($queue);
    $channel->close();
}

function confirmsAndReturnsArrive(AMQPStreamConnection $connection, string $name): void
{
    $channel = $connection->channel();
    [$queue] = $channel->queue_declare('', false, false, true);
    $confirmed = $refused = $returned = [];
    $channel->set_ack_handler(function (AMQPMessage $message) use (&$confirmed) { $confirmed[] = $message->getBody(); });
    $channel->set_nack_handler(function (AMQPMessage $message) use (&$refused) { $refused[] = $message->getBody(); });
    $channel->set_return_listener(function ($code, $text, $exchange, $key, AMQPMessage $message) use (&$returned) {
        $returned[] = [$code, $text, $message->getBody()];
    });
    $channel->confirm_select();
    for ($i = 0; $i < 500; $i++) {
        $channel->basic_publish(new AMQPMessage((string) $i), '', $queue);
    }
    $channel->basic_publish(new AMQPMessage('nobody'), 'amq.direct', "$name-nobody", true);
    $channel->wait_for_pending_acks_returns(20);
    expect('confirmed', 501, count($confirmed));
    expect('refused', [], $refused);
    expect('returned', [[312, 'NO_ROUTE', 'nobody']], $returned);
    for ($i = 0; $i < 3; $i++) {
        $channel->batch_basic_publish(new AMQPMessage("batch $i"), '', $queue);
    }
    $channel->publish_batch();
    $channel->wait_for_pending_acks(20);
    [, $count] = $channel->queue_declare($queue, true);
    expect('messages', 503, $count);
    $channel->close();
}

function workersShareTheirWork(AMQPStreamConnection $connection, string $name): void
{
    $channel = $connection->channel();
    $channel->exchange_declare($name, AMQPExchangeType::TOPIC, false, true, false);
    [$queue] = $channel->queue_declare("$name-work", false, true, false, false);
    $channel->queue_bind($queue, $name, 'work.#');
    for ($i = 0; $i < 20; $i++) {
        $channel->basic_publish(new AMQPMessage((string) $i, ['delivery_mode' => 2]), $name, "work.$i");
    }
    $workers = [];
    $done = [0 => [], 1 => []];
    foreach ([0, 1] as $worker) {
        $workers[$worker] = $connection->channel();
        $workers[$worker]->basic_qos(0, 1, false);
        $workers[$worker]->basic_consume($queue, '', false, false, false, false, function (AMQPMessage $message) use (&$done, $worker) {
            $done[$worker][] = (int) $message->getBody();
            $message->ack();
        });
    }
    while (count($done[0]) + count($done[1]) < 20) {
        foreach ($workers as $worker) {
            $worker->wait(null, true);
        }
    }
    $all = array_merge($done[0], $done[1]);
    sort($all);
    expect('work done', range(0, 19), $all);
    expect('both have worked', true, $done[0] && $done[1]);
    foreach ($workers as $worker) {
        $worker->close();
    }
    $channel->queue_delete($queue);
    $channel->exchange_delete($name);
    $channel->close();
}

function rejectedMessagesDie(AMQPStreamConnection $connection, string $name): void
{
    $channel = $connection->channel();
    [$morgue] = $channel->queue_declare('', false, false, true);
    [$queue] = $channel->queue_declare("$name-mortal", false, true, false, false, false, new AMQPTable([
        'x-dead-letter-exchange' => '', 'x-dead-letter-routing-key' => $morgue]));
    foreach (['a', 'b', 'c'] as $body) {
        $channel->basic_publish(new AMQPMessage($body), '', $queue);
    }
    $seen = [];
    $held = consume($channel, $queue, 4, function (AMQPMessage $message) use (&$seen) {
        $seen[] = $message->getBody() . ($message->isRedelivered() ? ' again' : '');
        if ($message->getBody() == 'a' && !$message->isRedelivered()) {
            $message->nack(true);
        } else {
            $message->reject(false);
        }
    });
    sort($seen);
    expect('deliveries', ['a', 'a again', 'b', 'c'], $seen);
    $dead = consume($channel, $morgue, 3, function (AMQPMessage $message) { $message->ack(); });
    foreach ($dead as $message) {
        $death = $message->get('application_headers')->getNativeData()['x-death'][0];
        expect('reason', 'rejected', $death['reason']);
        expect('queue', $queue, $death['queue']);
        expect('count', 1, $death['count']);
    }
    $channel->queue_delete($queue);
    $channel->close();
}

function headersRoute(AMQPStreamConnection $connection, string $name): void
{
    $channel = $connection->channel();
    $exchange = "$name-headers";
    $channel->exchange_declare($exchange, AMQPExchangeType::HEADERS);
    [$queue] = $channel->queue_declare('', false, false, true);
    $channel->queue_bind($queue, $exchange, '', false, new AMQPTable(['x-match' => 'any', 'colour' => 'blue', 'size' => 3]));
    foreach ([['colour' => 'blue'], ['size' => 4], ['size' => 3, 'colour' => 'red']] as $headers) {
        $channel->basic_publish(new AMQPMessage(json_encode($headers), ['application_headers' => new AMQPTable($headers)]), $exchange);
    }
    $bodies = array_map(fn ($message) => $message->getBody(), consume($channel, $queue, 2, fn ($message) => $message->ack()));
    expect('routed', ['{"colour":"blue"}', '{"size":3,"colour":"red"}'], $bodies);
    $channel->exchange_delete($exchange);
    $channel->close();
}

function aTransactionIsAllOrNothing(AMQPStreamConnection $connection, string $name): void
{
    $channel = $connection->channel();
    [$queue] = $channel->queue_declare('', false, false, true);
    $channel->tx_select();
    $channel->basic_publish(new AMQPMessage('given up'), '', $queue);
    $channel->tx_rollback();
    $channel->basic_publish(new AMQPMessage('kept'), '', $queue);
    $channel->tx_commit();
    expect('after the commit', 'kept', $channel->basic_get($queue)->getBody());
    $channel->tx_commit();
    $channel->close();
}

function mistakesCloseTheChannelOnly(AMQPStreamConnection $connection, string $name): void
{
    $channel = $connection->channel();
    try {
        $channel->queue_declare("$name-none", true);
        throw new Exception('a missing queue was found');
    } catch (AMQPProtocolChannelException $closed) {
        expect('code', 404, $closed->amqp_reply_code);
        expect('text', "NOT_FOUND - no queue '$name-none' in vhost '/'", $closed->amqp_reply_text);
    }
    $again = $connection->channel();
    $again->queue_declare('', false, false, true);
    $again->close();
}

$connection = new AMQPStreamConnection($host, $port, 'guest', 'guest', '/');
foreach (['propertiesSurvive', 'confirmsAndReturnsArrive', 'workersShareTheirWork', 'rejectedMessagesDie', 'headersRoute',
    'aTransactionIsAllOrNothing', 'mistakesCloseTheChannelOnly'] as $scenario) {
    echo "$scenario\n";
    $scenario($connection, $name);
}
$connection->close();
$plain = new AMQPStreamConnection($host, $port, 'guest', 'guest', '/', false, 'PLAIN', null, 'en_US', 3.0, 10.0, null, true, 5);
expect('connected with PLAIN, keep-alive and heartbeat', true, $plain->isConnected());
$plain->close();
echo "ok\n";
