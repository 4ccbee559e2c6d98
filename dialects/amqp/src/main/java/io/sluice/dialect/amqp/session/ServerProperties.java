package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.AmqpSettings;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.util.LinkedHashMap;

/// What the broker says of itself in `connection.start`. Some clients take features from it.
final class ServerProperties {
    private ServerProperties() {}

    static Table of(AmqpSettings settings, String sluiceVersion, String clusterId) {
        var all = new LinkedHashMap<String, Value>();
        all.put("capabilities", capabilities());
        all.put("cluster_name", Value.text("sluice@" + clusterId));
        all.put("copyright", Value.text("The Sluice authors"));
        all.put("information", Value.text("Sluice " + sluiceVersion));
        all.put("platform", Value.text("Java " + Runtime.version().feature()));
        all.put("product", Value.text(settings.product()));
        all.put("version", Value.text(settings.version()));
        all.put("sluice", Value.text(sluiceVersion));
        return new Table(all);
    }

    private static Table capabilities() {
        var all = new LinkedHashMap<String, Value>();
        for (var name :
                new String[] {
                    "publisher_confirms",
                    "exchange_exchange_bindings",
                    "basic.nack",
                    "consumer_cancel_notify",
                    "connection.blocked",
                    "consumer_priorities",
                    "authentication_failure_close",
                    "per_consumer_qos",
                    "direct_reply_to"
                }) {
            all.put(name, Value.bool(true));
        }
        return new Table(all);
    }
}
