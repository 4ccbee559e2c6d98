// amqp091-go, one scenario after the other: scenarios <host> <port> <name>
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

var name string

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func expect(what string, expected, actual any) {
	if !reflect.DeepEqual(expected, actual) {
		panic(fmt.Sprintf("%s: expected %#v, was %#v", what, expected, actual))
	}
}

// The next thing of a channel between goroutines; panics when nothing comes.
func next[T any](what string, things <-chan T) T {
	select {
	case thing := <-things:
		return thing
	case <-time.After(20 * time.Second):
		panic("nothing came: " + what)
	}
}

func opened(connection *amqp.Connection) *amqp.Channel {
	channel, err := connection.Channel()
	must(err)
	return channel
}

func declared(channel *amqp.Channel, queue string, arguments amqp.Table) string {
	made, err := channel.QueueDeclare(queue, queue != "", false, queue == "", false, arguments)
	must(err)
	return made.Name
}

func propertiesSurvive(connection *amqp.Connection) {
	channel := opened(connection)
	queue := declared(channel, name+"-properties", nil)
	sent := amqp.Publishing{
		Headers: amqp.Table{
			"text": "Grüße", "byte": byte(255), "int8": int8(-8), "int16": int16(-16), "int32": int32(-32), "int64": int64(1 << 40),
			"float32": float32(0.25), "float64": 3.14, "yes": true, "nothing": nil, "bytes": []byte{0, 255},
			"decimal": amqp.Decimal{Scale: 2, Value: 314}, "time": time.Unix(1_700_000_000, 0),
			"list": []any{int32(1), "two", amqp.Table{"three": int32(3)}}, "table": amqp.Table{"deep": amqp.Table{"deeper": "down"}},
		},
		ContentType: "text/plain", ContentEncoding: "utf-8", DeliveryMode: amqp.Persistent, Priority: 3, CorrelationId: "c", ReplyTo: "r",
		Expiration: "60000", MessageId: "m", Timestamp: time.Unix(1_700_000_000, 0), Type: "t", UserId: "guest", AppId: "a", Body: []byte("body"),
	}
	must(channel.PublishWithContext(context.Background(), "", queue, false, false, sent))
	got, found, err := channel.Get(queue, false)
	must(err)
	expect("found", true, found)
	received := amqp.Publishing{
		Headers: got.Headers, ContentType: got.ContentType, ContentEncoding: got.ContentEncoding, DeliveryMode: got.DeliveryMode,
		Priority: got.Priority, CorrelationId: got.CorrelationId, ReplyTo: got.ReplyTo, Expiration: got.Expiration,
		MessageId: got.MessageId, Timestamp: got.Timestamp, Type: got.Type, UserId: got.UserId, AppId: got.AppId, Body: got.Body,
	}
	expect("message", sent, received)
	must(got.Ack(false))
	_, err = channel.QueueDelete(queue, false, true, false)
	must(err)
	must(channel.Close())
}

func confirmsAndReturnsArrive(connection *amqp.Connection) {
	channel := opened(connection)
	must(channel.Confirm(false))
	returns := channel.NotifyReturn(make(chan amqp.Return, 1))
	queue := declared(channel, "", nil)
	var confirmations []*amqp.DeferredConfirmation
	publish := func(exchange, key string, body string, mandatory bool) {
		confirmation, err := channel.PublishWithDeferredConfirmWithContext(context.Background(), exchange, key, mandatory, false,
			amqp.Publishing{Body: []byte(body), DeliveryMode: amqp.Persistent})
		must(err)
		confirmations = append(confirmations, confirmation)
	}
	for i := 0; i < 500; i++ {
		publish("", queue, fmt.Sprint(i), false)
	}
	publish("amq.direct", name+"-nobody", "nobody", true)
	for _, confirmation := range confirmations {
		expect("confirmed", true, confirmation.Wait())
	}
	returned := next("the returned message", returns)
	expect("returned", []any{uint16(312), "NO_ROUTE", "nobody"}, []any{returned.ReplyCode, returned.ReplyText, string(returned.Body)})
	inspected, err := channel.QueueInspect(queue)
	must(err)
	expect("messages", 500, inspected.Messages)
	full := declared(channel, "", amqp.Table{"x-max-length": int32(1), "x-overflow": "reject-publish"})
	publish("", full, "fits", false)
	publish("", full, "does not", false)
	expect("confirmed by a full queue", false, confirmations[len(confirmations)-1].Wait())
	must(channel.Close())
}

func consumersAcknowledgeAndReject(connection *amqp.Connection) {
	channel := opened(connection)
	morgue := declared(channel, "", nil)
	queue := declared(channel, name+"-mortal", amqp.Table{"x-dead-letter-exchange": "", "x-dead-letter-routing-key": morgue})
	must(channel.Qos(2, 0, false))
	deliveries, err := channel.Consume(queue, "mine", false, false, false, false, nil)
	must(err)
	for i := 0; i < 4; i++ {
		must(channel.PublishWithContext(context.Background(), "", queue, false, false, amqp.Publishing{Body: []byte(fmt.Sprint(i))}))
	}
	zero, one := next("0", deliveries), next("1", deliveries)
	expect("in order", "01", string(zero.Body)+string(one.Body))
	must(one.Nack(false, true))
	again := next("1 again, in its place", deliveries)
	expect("again", []any{"1", true}, []any{string(again.Body), again.Redelivered})
	must(zero.Reject(false))
	two := next("2", deliveries)
	must(two.Ack(true))
	three := next("3", deliveries)
	must(three.Nack(true, false))
	must(channel.Cancel("mine", false))
	dead, err := channel.Consume(morgue, "", true, false, false, false, nil)
	must(err)
	for _, body := range []string{"0", "3"} {
		letter := next("a dead letter", dead)
		expect("dead", body, string(letter.Body))
		death := letter.Headers["x-death"].([]any)[0].(amqp.Table)
		expect("death", []any{int64(1), "rejected", queue, []any{queue}}, []any{death["count"], death["reason"], death["queue"], death["routing-keys"]})
	}
	_, err = channel.QueueDelete(queue, false, true, false)
	must(err)
	must(channel.Close())
}

func aDeletedQueueTellsItsConsumer(connection *amqp.Connection) {
	channel := opened(connection)
	queue := declared(channel, name+"-deleted", nil)
	cancelled := channel.NotifyCancel(make(chan string, 1))
	_, err := channel.Consume(queue, "mourner", false, false, false, false, nil)
	must(err)
	other := opened(connection)
	_, err = other.QueueDelete(queue, false, false, false)
	must(err)
	expect("cancelled", "mourner", next("the cancellation", cancelled))
	must(channel.Close())
}

func mistakesCloseTheChannelOnly(connection *amqp.Connection) {
	channel := opened(connection)
	closed := channel.NotifyClose(make(chan *amqp.Error, 1))
	_, err := channel.QueueDeclarePassive(name+"-none", true, false, false, false, nil)
	var told *amqp.Error
	expect("told", true, errors.As(err, &told))
	expect("why", "NOT_FOUND - no queue '"+name+"-none' in vhost '/'", told.Reason)
	expect("code", 404, next("the end of the channel", closed).Code)
	must(opened(connection).Close())
}

func main() {
	host, port := os.Args[1], os.Args[2]
	name = os.Args[3]
	connection, err := amqp.DialConfig("amqp://guest:guest@"+host+":"+port+"/%2F", amqp.Config{Heartbeat: 2 * time.Second, Locale: "en_US"})
	must(err)
	for _, scenario := range []struct {
		name string
		run  func(*amqp.Connection)
	}{
		{"propertiesSurvive", propertiesSurvive}, {"confirmsAndReturnsArrive", confirmsAndReturnsArrive},
		{"consumersAcknowledgeAndReject", consumersAcknowledgeAndReject}, {"aDeletedQueueTellsItsConsumer", aDeletedQueueTellsItsConsumer},
		{"mistakesCloseTheChannelOnly", mistakesCloseTheChannelOnly},
	} {
		fmt.Println(scenario.name)
		scenario.run(connection)
	}
	must(connection.Close())
	fmt.Println("ok")
}
