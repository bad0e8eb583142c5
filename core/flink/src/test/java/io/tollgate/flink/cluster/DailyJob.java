package io.tollgate.flink.cluster;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.flink.PointRecord;
import io.tollgate.flink.RateAnswer;
import io.tollgate.flink.RateStream;
import io.tollgate.flink.SeriesTemplate;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Jobs that give count, mean, deviation and maximum of each series over 24 hours. */
enum DailyJob {
    /** Tollgate: exact, with history; an answer for each point. */
    TOLLGATE {
        @Override
        DataStream<RateAnswer> applyTo(final DataStream<PointRecord> points) {
            return RateStream.of(SeriesTemplate.flow("licence.*", Unit.COUNT, 2))
                    .read(Window.sliding(DAY), Metric.COUNT, Metric.MEAN, Metric.SD, Metric.MAX)
                    .applyTo(points)
                    .uid("tollgate");
        }
    },
    /** A function with the doubles of the window in keyed state; an answer for each point. */
    PLAIN {
        @Override
        DataStream<RateAnswer> applyTo(final DataStream<PointRecord> points) {
            return keyed(points).process(new PlainWindow()).returns(RateAnswer.TYPE);
        }
    },
    /** A sliding window of Flink that moves by an hour; an answer for each hour. */
    SLIDING {
        @Override
        DataStream<RateAnswer> applyTo(final DataStream<PointRecord> points) {
            return keyed(points)
                    .window(SlidingEventTimeWindows.of(DAY, Duration.ofHours(1)))
                    .aggregate(
                            new Sums(),
                            new ResultOfWindow(),
                            PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO,
                            PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO,
                            RateAnswer.TYPE);
        }
    };

    static final Duration DAY = Duration.ofHours(24);

    abstract DataStream<RateAnswer> applyTo(DataStream<PointRecord> points);

    private static KeyedStream<PointRecord, String> keyed(final DataStream<PointRecord> points) {
        return points.keyBy(PointRecord::series, Types.STRING);
    }

    private static void add(final double[] sums, final double value) {
        sums[0]++;
        sums[1] += value;
        sums[2] += value * value;
        sums[3] = Math.max(sums[3], value);
    }

    private static double[] noSums() {
        return new double[] {0, 0, 0, Double.NEGATIVE_INFINITY};
    }

    private static double value(final PointRecord point) {
        return point.value() / 100.0;
    }

    /** Emits an element for each metric, as Tollgate does. */
    private static void emit(
            final String series, final long timeNs, final double[] sums, final Collector<RateAnswer> out) {
        final double mean = sums[1] / sums[0];
        emit(series, timeNs, "count", sums[0], out);
        emit(series, timeNs, "mean", mean, out);
        emit(series, timeNs, "sd", Math.sqrt(Math.max(0, sums[2] / sums[0] - mean * mean)), out);
        emit(series, timeNs, "max", sums[3], out);
    }

    private static void emit(
            final String series,
            final long timeNs,
            final String metric,
            final double value,
            final Collector<RateAnswer> out) {
        out.collect(new RateAnswer(series, timeNs, "P1D", metric, value, Status.OK, 1, 0));
    }

    private static final class PlainWindow extends KeyedProcessFunction<String, PointRecord, RateAnswer> {
        private static final long serialVersionUID = 1L;

        private transient MapState<Long, Double> values;

        @Override
        public void open(final OpenContext context) {
            values = getRuntimeContext().getMapState(new MapStateDescriptor<>("values", Types.LONG, Types.DOUBLE));
        }

        @Override
        public void processElement(final PointRecord point, final Context context, final Collector<RateAnswer> out)
                throws Exception {
            values.put(point.timeNs(), value(point));
            final double[] sums = noSums();
            final Iterator<Map.Entry<Long, Double>> all = values.iterator();
            while (all.hasNext()) {
                final Map.Entry<Long, Double> entry = all.next();
                if (entry.getKey() <= point.timeNs() - DAY.toNanos()) {
                    all.remove();
                } else {
                    add(sums, entry.getValue());
                }
            }
            emit(point.series(), point.timeNs(), sums, out);
        }
    }

    private static final class Sums implements AggregateFunction<PointRecord, double[], double[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public double[] createAccumulator() {
            return noSums();
        }

        @Override
        public double[] add(final PointRecord point, final double[] sums) {
            DailyJob.add(sums, value(point));
            return sums;
        }

        @Override
        public double[] getResult(final double[] sums) {
            return sums;
        }

        @Override
        public double[] merge(final double[] one, final double[] other) {
            return new double[] {one[0] + other[0], one[1] + other[1], one[2] + other[2], Math.max(one[3], other[3])};
        }
    }

    private static final class ResultOfWindow extends ProcessWindowFunction<double[], RateAnswer, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                final String series,
                final Context context,
                final Iterable<double[]> sums,
                final Collector<RateAnswer> out) {
            emit(
                    series,
                    context.window().maxTimestamp() * 1_000_000,
                    sums.iterator().next(),
                    out);
        }
    }
}
