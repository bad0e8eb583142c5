package io.tollgate.flink.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A Kafka broker in a JVM of its own. */
final class KafkaBroker implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xmx384m", "-XX:+UseSerialGC");

    private final String address;
    private final Process process;

    /** Starts a broker with files in a directory. */
    KafkaBroker(final Path directory) throws Exception {
        final int port = freePort();
        final int controllerPort = freePort();
        address = "localhost:" + port;
        final Path configuration = directory.resolve("server.properties");
        Files.write(
                configuration,
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@localhost:" + controllerPort,
                        "listeners=PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                        "controller.listener.names=CONTROLLER",
                        "log.dirs=" + directory.resolve("kafka"),
                        "offsets.topic.replication.factor=1",
                        "transaction.state.log.replication.factor=1",
                        "transaction.state.log.min.isr=1",
                        // The records have the instants of the answers as timestamps, long ago.
                        "log.retention.ms=-1",
                        "group.initial.rebalance.delay.ms=0"));
        final Process format = ChildJvm.start(
                directory,
                "format",
                FLAGS,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                "AAAAAAAAAAAAAAAAAAAAAQ",
                "-c",
                configuration.toString());
        if (format.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve("format.out")));
        }
        process = ChildJvm.start(directory, "broker", FLAGS, "kafka.Kafka", configuration.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns the host and the port. */
    String address() {
        return address;
    }

    /** Creates topics, after the broker has started. */
    void create(final int partitions, final String... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(topics).stream()
                            .map(topic -> new NewTopic(topic, partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        ChildJvm.kill(process);
    }
}
