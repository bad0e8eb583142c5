package io.tollgate.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.flink.Failure;
import io.tollgate.flink.LocalCluster;
import io.tollgate.flink.OneEngine;
import io.tollgate.flink.PointRecord;
import io.tollgate.flink.RateAnswer;
import io.tollgate.flink.RateStream;
import io.tollgate.flink.TariffPoints;
import io.tollgate.flink.TestSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.serialization.TypeInformationSerializationSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job from Kafka to Kafka that fails gives readers of committed answers those of one engine, bit for bit and each
 * exactly once.
 */
@Tag("nightly")
class KafkaTest {
    private static final int COUNT = 15_000;
    private static final int PARTITIONS = 3;
    private static final int PARALLELISM = 2;
    private static final long SEED = TestSeed.of("KafkaTest");
    private static final TariffPoints POINTS = TariffPoints.of(SEED, COUNT, 60);
    private static final TypeInformationSerializationSchema<PointRecord> SCHEMA =
            new TypeInformationSerializationSchema<>(PointRecord.TYPE, new ExecutionConfig());

    @TempDir
    private Path directory;

    @Test
    void shouldCommitEachAnswerOnceAfterAFailure() throws Exception {
        final OneEngine expected = OneEngine.of(POINTS);
        final Failure<PointRecord> failure = new Failure<>(COUNT / 3 + new SplittableRandom(SEED).nextInt(COUNT / 3));
        try (KafkaBroker broker = new KafkaBroker(directory);
                LocalCluster cluster = new LocalCluster()) {
            broker.create(PARTITIONS, "points", "answers", "refusals");
            final StreamExecutionEnvironment environment = LocalCluster.environment(PARALLELISM, "rocksdb", directory);
            environment.enableCheckpointing(200);
            addTo(environment, broker, failure);
            final JobID job = cluster.start(environment);
            send(broker, 0, COUNT / 3);
            // The next third comes, and fails, after a commit.
            ChildJvm.await(
                    "an answer",
                    () -> !read(broker, "answers", "read_committed").isEmpty());
            send(broker, COUNT / 3, COUNT);
            cluster.await(job);
            assertTrue(failure.hasHappened());
            // Readers of committed answers see none behind a transaction that is still open: the broker ends those of
            // a failed job after their timeout, if the restarted job has not found them.
            ChildJvm.await(
                    "the end of all transactions",
                    () -> ends(broker, "read_committed").equals(ends(broker, "read_uncommitted")));
            final List<String> answers = read(broker, "answers", "read_committed");
            System.out.println(expected.answers.size() + " answers expected, " + answers.size() + " committed, "
                    + read(broker, "answers", "read_uncommitted").size() + " written");
            AnswerFiles.assertSameOnce(expected.answers, answers.stream().map(expected::classified));
            AnswerFiles.assertSameOnce(expected.refusals, read(broker, "refusals", "read_committed").stream());
        }
    }

    private void addTo(
            final StreamExecutionEnvironment environment,
            final KafkaBroker broker,
            final Failure<PointRecord> failure) {
        final KafkaSource<PointRecord> source = KafkaSource.<PointRecord>builder()
                .setBootstrapServers(broker.address())
                .setTopics("points")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.offsets(ends()))
                .setValueOnlyDeserializer(SCHEMA)
                .build();
        final DataStream<PointRecord> points = environment
                .fromSource(
                        source,
                        WatermarkStrategy.<PointRecord>forMonotonousTimestamps()
                                .withTimestampAssigner((point, before) -> point.knownAtNs() / 1_000_000),
                        "points")
                .uid("points")
                .setParallelism(1)
                .map(failure)
                .returns(PointRecord.TYPE)
                .setParallelism(1);
        final SingleOutputStreamOperator<RateAnswer> out =
                OneEngine.stream(POINTS).applyTo(points).uid("tollgate");
        out.map(OneEngine::text).returns(Types.STRING).sinkTo(sink(broker, "answers"));
        out.getSideOutput(RateStream.REFUSED)
                .map(OneEngine::text)
                .returns(Types.STRING)
                .sinkTo(sink(broker, "refusals"));
    }

    private static KafkaSink<String> sink(final KafkaBroker broker, final String topic) {
        return KafkaSink.<String>builder()
                .setBootstrapServers(broker.address())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setProperty("transaction.timeout.ms", "180000")
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .build();
    }

    /** Returns the partition of a point. All points of a partition of the operator are in one, in order. */
    private static int partition(final PointRecord point) {
        return Math.floorMod(TariffPoints.partition(point.series()).hashCode(), PARTITIONS);
    }

    private static Map<TopicPartition, Long> ends() {
        final Map<TopicPartition, Long> ends = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            ends.merge(new TopicPartition("points", partition(POINTS.point(i))), 1L, Long::sum);
        }
        return ends;
    }

    private static void send(final KafkaBroker broker, final int from, final int to) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                final PointRecord point = POINTS.point(i);
                producer.send(
                        new ProducerRecord<>("points", partition(point), point.series(), SCHEMA.serialize(point)));
            }
        }
    }

    private static KafkaConsumer<String, String> consumer(final KafkaBroker broker, final String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", isolation),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static List<TopicPartition> partitions(final String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    /** Returns the offsets after the last records of the job that can be read. */
    private static Map<TopicPartition, Long> ends(final KafkaBroker broker, final String isolation) {
        try (KafkaConsumer<String, String> consumer = consumer(broker, isolation)) {
            final List<TopicPartition> all = new ArrayList<>(partitions("answers"));
            all.addAll(partitions("refusals"));
            return consumer.endOffsets(all);
        }
    }

    /** Returns all values of a topic. */
    private static List<String> read(final KafkaBroker broker, final String topic, final String isolation) {
        final List<TopicPartition> partitions = partitions(topic);
        final List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(broker, isolation)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
