package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/queues/../dead-letters/{letter}/redrive`: an edited copy of a letter goes to where it died, or elsewhere. The letter itself stays as it is. Who
/// asks for the very same twice within some minutes, as after a lost answer, has sent it once.
final class EditedLettersApi {
    private static final int CREATED = 201;

    private final ManagementServices services;
    private final LetterQueues queues;

    EditedLettersApi(ManagementServices services, LetterQueues queues) {
        this.services = services;
        this.queues = queues;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("sluice/queues/{namespace}/{name}/dead-letters/{letter}/redrive")
                        .post(Problem.in(this::redrive)));
    }

    private CompletableFuture<Answer> redrive(Call call) {
        var edit = LetterEdit.of(call.body().fields());
        return queues.letter(call).thenCompose(letter -> send(call, letter, edit));
    }

    private CompletableFuture<Answer> send(Call call, Letter letter, LetterEdit edit) {
        var from = queues.queue(call);
        var to = to(from, letter, edit);
        var partition = partition(to, letter);
        long now = services.clock().millis();
        var direct = services.broker().catalog().exchange(from.namespace(), "").orElseThrow();
        var copy =
                new EditedLetter(services.messages(), letter, edit)
                        .copy(from, to, direct, call.user(), now);
        var append =
                new Append(
                        partition,
                        Buffer.unpooled(copy.batch(now)),
                        Append.ANYWHERE,
                        false,
                        false,
                        copy.once());
        return services.asks()
                .<Append.Appended>ask(reply -> services.broker().append(append, reply))
                .thenApply(
                        appended ->
                                new Answer(
                                        CREATED,
                                        Map.of(),
                                        Optional.of(
                                                JsonObject.object()
                                                        .put("queue", to.name())
                                                        .put("partition", partition.index())
                                                        .put("offset", appended.baseOffset())
                                                        .put("repeated", appended.duplicate()))));
    }

    private Queue to(Queue from, Letter letter, LetterEdit edit) {
        var name =
                edit.to()
                        .or(
                                () ->
                                        Optional.of(letter.view().sourceQueue())
                                                .filter(source -> !source.isEmpty()));
        if (name.isEmpty()) {
            throw Problem.INVALID.ends(
                    "nobody knows where the message died: say where it goes with 'to'");
        }
        return services.broker()
                .catalog()
                .queue(from.namespace(), name.get())
                .orElseThrow(
                        () ->
                                Problem.NOT_FOUND.ends(
                                        "no queue '%s' in namespace '%s' to send it to"
                                                .formatted(name.get(), from.namespace())));
    }

    /// Where it lay before, if it goes back there: beside the others of its key.
    private PartitionId partition(Queue to, Letter letter) {
        var topic = services.broker().catalog().topic(to.topic());
        long was = letter.view().sourcePartition();
        boolean back =
                topic.isPresent()
                        && topic.get().name().equals(letter.view().sourceTopic())
                        && was >= 0
                        && was < topic.get().partitions();
        return new PartitionId(to.topic(), back ? (int) was : 0);
    }
}
