package io.sluice.admin.sluice;

import io.sluice.admin.http.Resource;
import io.sluice.admin.management.ManagementServices;
import java.util.ArrayList;
import java.util.List;

/// All of this package's resources.
public final class SluiceApi {
    private SluiceApi() {}

    public static List<Resource> resources(ManagementServices services) {
        var letters = new LetterQueues(services);
        var all = new ArrayList<Resource>();
        all.addAll(new DeadLettersApi(services, letters).resources());
        all.addAll(new EditedLettersApi(services, letters).resources());
        all.addAll(new RedrivesApi(services, letters).resources());
        return all;
    }
}
