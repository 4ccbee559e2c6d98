package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.admin.ConfigResources.Configurable;
import io.sluice.dialect.kafka.config.Setting;
import io.sluice.dialect.kafka.config.Setting.Synonym;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/// DescribeConfigs (32): every setting of a topic, group or broker with its value, where that comes from, and what it means.
final class DescribeConfigsHandler implements RequestHandler {
    private final ConfigResources resources;

    DescribeConfigsHandler(ConfigResources resources) {
        this.resources = resources;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(DescribeConfigsRequest.class).data();
        var results = data.resources().stream().map(resource -> result(resource, data)).toList();
        responder.answer(
                new DescribeConfigsResponse(new DescribeConfigsResponseData().setResults(results)));
    }

    private DescribeConfigsResult result(
            DescribeConfigsResource resource, DescribeConfigsRequestData data) {
        var result =
                new DescribeConfigsResult()
                        .setResourceType(resource.resourceType())
                        .setResourceName(resource.resourceName());
        return switch (resources.find(resource.resourceType(), resource.resourceName())) {
            case Checked.Refused<Configurable>(ApiError error) ->
                    result.setErrorCode(error.error().code()).setErrorMessage(error.message());
            case Checked.Good<Configurable>(Configurable found) ->
                    result.setErrorMessage(null)
                            .setConfigs(shown(found.describe(), resource, data));
        };
    }

    private static List<DescribeConfigsResourceResult> shown(
            List<Setting> settings,
            DescribeConfigsResource resource,
            DescribeConfigsRequestData data) {
        var keys = resource.configurationKeys();
        return settings.stream()
                .filter(setting -> keys == null || keys.isEmpty() || keys.contains(setting.name()))
                .map(setting -> shown(setting, data))
                .toList();
    }

    private static DescribeConfigsResourceResult shown(
            Setting setting, DescribeConfigsRequestData data) {
        var shown =
                new DescribeConfigsResourceResult()
                        .setName(setting.name())
                        .setValue(setting.shownValue())
                        .setReadOnly(setting.readOnly())
                        .setConfigSource(setting.source().id())
                        .setConfigType(type(setting.type()).id())
                        .setIsSensitive(setting.isSensitive())
                        .setDocumentation(
                                data.includeDocumentation() ? setting.documentation() : null);
        if (data.includeSynonyms()) {
            shown.setSynonyms(
                    setting.synonyms().stream()
                            .map(synonym -> shown(synonym, setting.isSensitive()))
                            .toList());
        }
        return shown;
    }

    private static DescribeConfigsSynonym shown(Synonym synonym, boolean sensitive) {
        return new DescribeConfigsSynonym()
                .setName(synonym.name())
                .setValue(sensitive ? null : synonym.value())
                .setSource(synonym.source().id());
    }

    private static ConfigType type(ConfigDef.Type type) {
        return switch (type) {
            case BOOLEAN -> ConfigType.BOOLEAN;
            case STRING -> ConfigType.STRING;
            case INT -> ConfigType.INT;
            case SHORT -> ConfigType.SHORT;
            case LONG -> ConfigType.LONG;
            case DOUBLE -> ConfigType.DOUBLE;
            case LIST -> ConfigType.LIST;
            case CLASS -> ConfigType.CLASS;
            case PASSWORD -> ConfigType.PASSWORD;
        };
    }
}
