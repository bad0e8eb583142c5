package io.tollgate.flink;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job of the guide: lines of a file in, answers and refusals as files out. */
final class TariffJob {
    private TariffJob() {}

    static void build(final StreamExecutionEnvironment env, final Path in, final Path out) {
        // The guide begins here.
        env.enableCheckpointing(10_000);
        PointSchema schema = PointSchema.csv("series", "time", "value", "known_at");
        WatermarkStrategy<PointRecord> knowledge = WatermarkStrategy.<PointRecord>forMonotonousTimestamps()
                .withTimestampAssigner((point, before) -> point.knownAtNs() / 1_000_000);
        DataStream<PointRecord> points = env.fromSource(
                        FileSource.forRecordStreamFormat(new TextLineInputFormat(), in)
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "lines")
                .setParallelism(1)
                .map(line -> schema.deserialize(line.getBytes(StandardCharsets.UTF_8)))
                .returns(PointRecord.TYPE)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(knowledge)
                .setParallelism(1);

        Window month = Window.sliding(Duration.ofDays(30));
        RateStream rates = RateStream.of(SeriesTemplate.step("tariff.*", Unit.PERCENT, 2))
                .read(month, Metric.MEAN, Metric.MAX)
                .watch("high", Watch.above(WatchedMetric.of(month, Metric.MEAN), 40));
        SingleOutputStreamOperator<RateAnswer> answers =
                rates.applyTo(points).uid("tollgate").name("tollgate");

        answers.sinkTo(files(out, "answers")).uid("answers");
        answers.getSideOutput(RateStream.REFUSED).sinkTo(files(out, "refused")).uid("refused");
        answers.getSideOutput(RateStream.WATCHES).sinkTo(files(out, "watches")).uid("watches");
        // The guide ends here.
    }

    private static <T> FileSink<T> files(final Path directory, final String name) {
        return FileSink.forRowFormat(new Path(directory, name), new SimpleStringEncoder<T>())
                .build();
    }
}
