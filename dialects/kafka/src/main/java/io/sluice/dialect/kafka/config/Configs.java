package io.sluice.dialect.kafka.config;

/// All that has settings which clients see.
public record Configs(TopicConfigs topics, GroupConfigs groups, BrokerConfigs broker) {}
