package io.sluice.admin.sluice;

import io.sluice.admin.http.Resource;
import io.sluice.admin.management.ManagementServices;
import io.sluice.broker.push.PushEndpoints;
import java.util.ArrayList;
import java.util.List;

/// All of this package's resources.
public final class SluiceApi {
    private SluiceApi() {}

    public static List<Resource> resources(
            ManagementServices services, TopicRules topicRules, PushEndpoints push) {
        var queues = new Queues(services);
        var letters = new LetterQueues(services);
        var all = new ArrayList<Resource>();
        all.addAll(PolicySettingsApi.resources());
        all.addAll(new TopicsApi(services, new Topics(services, topicRules)).resources());
        all.addAll(new QueuesApi(services, queues, new Reports(services)).resources());
        all.addAll(new QueuePolicyApi(services, queues).resources());
        all.addAll(new BreakersApi(queues, new Breakers(services)).resources());
        all.addAll(new QueueMessagesApi(services, queues).resources());
        all.addAll(new DeadLettersApi(services, letters).resources());
        all.addAll(new EditedLettersApi(services, letters).resources());
        all.addAll(new RedrivesApi(services, letters).resources());
        all.addAll(new PushApi(push, services.loop()).resources());
        return all;
    }
}
