package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.group.Share;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.watch.FollowedState;
import io.tollgate.core.watch.PanelState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Images have the fields that the drawings of their descriptors show, each at its offset. */
class ImageLayoutTest {
    private static final long NONE = Long.MIN_VALUE;

    private static final String GOLDEN = """
            544753490100000030010000040000000002010102000000770000000000000000000000000000800000000000000000
            32000000000000002e000000000000002f000000000000001e0000000000000029000000000000002f00000000000000
            0300612e62070050455243454e540600612e6e6578740800612e6265666f726501010700000000003c00000000000000
            0000000000000000020000000000000005000000000000000000000000000000010a0000000000000006000000000000
            002900000000000000040a0000000000000007000000000000002a000000000000006300000000000000060f00000000
            00000008000000000000002c0000000000000062000000000000002d0000000000000000140000000000000000000000
            000000802b00000000000000d8254c4d
            """;

    /** A series with all fields: a revision, a withdrawal, an unknown, a forgotten version, an end and both links. */
    private static byte[] example() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE))) {
            final StepSeries before = engine.defineStep(SeriesDefinition.step("a.before", Unit.PERCENT, 2));
            final StepSeries series = engine.defineStep(SeriesDefinition.step("a.b", Unit.PERCENT, 2)
                    .withHeartbeat(Duration.ofNanos(0x77))
                    .withWindows(Window.last(5), Window.slidingNs(60))
                    .withShapes());
            final StepSeries next = engine.defineStep(SeriesDefinition.step("a.next", Unit.PERCENT, 2));
            engine.series().close(before, LifeEnd.at(1).knownAt(30).followedBy(series));
            KnownPoint.apply(engine, series, 10, 5, 40);
            KnownPoint.apply(engine, series, 10, 6, 41);
            engine.series().retain("a.b", Retention.versions(0));
            KnownPoint.apply(engine, series, 10, 7, 42, 99);
            engine.awaitApplied(engine.publisher()
                    .point(series)
                    .validAt(20)
                    .knownAt(43)
                    .unknown()
                    .offer());
            KnownPoint.apply(engine, series, 15, 8, 44, 98);
            engine.awaitApplied(
                    engine.publisher().point(series).validAt(15).knownAt(45).withdraw());
            engine.series().close(series, LifeEnd.at(50).knownAt(46));
            engine.series().close(series, LifeEnd.at(50).knownAt(47).followedBy(next));
            return engine.images().write(series);
        }
    }

    @Test
    void shouldLayOutASeriesAsDrawn() {
        final byte[] bytes = example();
        final UnsafeBuffer image = new UnsafeBuffer(bytes);
        assertEquals("TGSI", text(bytes, 0, 4));
        assertEquals(1, image.getShort(4), "version");
        assertEquals(0, image.getShort(6), "reserved");
        assertEquals(bytes.length, image.getInt(8), "length");
        assertEquals(4, image.getInt(12), "versionCount");
        assertEquals(0, image.getByte(16), "kind");
        assertEquals(2, image.getByte(17), "scale");
        assertEquals(1, image.getByte(18), "duplicates");
        assertEquals(1, image.getByte(19), "keepsShapes");
        assertEquals(2, image.getInt(20), "windowCount");
        assertEquals(0x77, image.getLong(24), "heartbeatNs");
        assertEquals(NONE, image.getLong(32), "lifeStart");
        assertEquals(0, image.getLong(40), "periodCode");
        assertEquals(50, image.getLong(48), "lifeEnd");
        assertEquals(46, image.getLong(56), "lifeEndKnownAt");
        assertEquals(47, image.getLong(64), "successorKnownAt");
        assertEquals(30, image.getLong(72), "predecessorKnownAt");
        assertEquals(41, image.getLong(80), "horizon");
        assertEquals(47, image.getLong(88), "lastKnowledgeTime");
        int offset = requireText(image, bytes, 96, "a.b");
        offset = requireText(image, bytes, offset, "PERCENT");
        offset = requireText(image, bytes, offset, "a.next");
        offset = requireText(image, bytes, offset, "a.before");
        offset = requireWindow(image, offset, 1, 1, 60);
        offset = requireWindow(image, offset, 2, 0, 5);
        offset = requireVersion(image, offset, 1, 10, 6, 41);
        offset = requireVersion(image, offset, 0b100, 10, 7, 42);
        assertEquals(99, image.getLong(offset), "reference");
        offset = requireVersion(image, offset + 8, 0b110, 15, 8, 44);
        assertEquals(98, image.getLong(offset), "reference");
        assertEquals(45, image.getLong(offset + 8), "end");
        offset = requireVersion(image, offset + 16, 0, 20, NONE, 43);
        assertEquals(bytes.length - 4, offset);
        requireChecksum(bytes);
    }

    private static int requireText(
            final UnsafeBuffer image, final byte[] bytes, final int offset, final String expected) {
        final int length = image.getShort(offset);
        assertEquals(expected, text(bytes, offset + 2, length));
        return offset + 2 + length;
    }

    private static int requireWindow(
            final UnsafeBuffer image, final int offset, final int type, final int closed, final long length) {
        assertEquals(type, image.getByte(offset), "windowType");
        assertEquals(closed, image.getByte(offset + 1), "closed");
        assertEquals(length, image.getLong(offset + 8), "length");
        assertEquals(0, image.getLong(offset + 16), "anchor");
        return offset + 24;
    }

    private static int requireVersion(
            final UnsafeBuffer image,
            final int offset,
            final int flags,
            final long time,
            final long value,
            final long known) {
        assertEquals(flags, image.getByte(offset), "flags");
        assertEquals(time, image.getLong(offset + 1), "validTime");
        assertEquals(value, image.getLong(offset + 9), "value");
        assertEquals(known, image.getLong(offset + 17), "knowledgeTime");
        return offset + 25;
    }

    private static void requireChecksum(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        assertEquals((int) crc.getValue(), new UnsafeBuffer(bytes).getInt(bytes.length - 4));
    }

    private static String text(final byte[] bytes, final int offset, final int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    @Test
    void shouldLayOutAnEngineAsDrawn() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            engine.series().register(WindowRegistration.of("b.*").withWindows(Window.last(5), Window.slidingNs(60)));
            engine.series().register(WindowRegistration.of("*").withShapes());
            engine.defineFlow(SeriesDefinition.flow("z", Unit.COUNT, 0));
            engine.advanceTo(77);
            assertEquals(1, engine.images().writeAll(out));
        }
        final byte[] bytes = out.toByteArray();
        final UnsafeBuffer image = new UnsafeBuffer(bytes);
        assertEquals("TGEI", text(bytes, 0, 4));
        assertEquals(1, image.getShort(4), "version");
        assertEquals(0, image.getShort(6), "reserved");
        assertEquals(ClockMode.MANUAL.code(), image.getInt(12), "clockMode");
        assertEquals(77, image.getLong(16), "now");
        assertEquals(1, image.getLong(24), "seriesCount");
        assertEquals(2, image.getInt(32), "registrationCount");
        assertEquals(0, image.getInt(36), "groupCount");
        assertEquals(0, image.getInt(40), "subscriptionCount");
        assertEquals(0, image.getInt(44), "panelCount");
        assertEquals(1, image.getByte(48), "keepsShapes");
        assertEquals(0, image.getByte(49), "windowCount");
        int offset = requireText(image, bytes, 50, "*");
        assertEquals(0, image.getByte(offset), "keepsShapes");
        assertEquals(2, image.getByte(offset + 1), "windowCount");
        offset = requireText(image, bytes, offset + 2, "b.*");
        offset = requireWindow(image, offset, 1, 1, 60);
        offset = requireWindow(image, offset, 2, 0, 5);
        assertEquals(offset + 4, image.getInt(8), "length");
        requireChecksum(Arrays.copyOf(bytes, offset + 4));
        assertEquals("TGSI", text(bytes, offset + 4, 4));
    }

    @Test
    void shouldLayOutAGroupAsDrawn() {
        final StepSeries series = new StepSeries(0, SeriesDefinition.step("a", Unit.PERCENT, 2));
        final LevelPattern levels = new LevelPattern("z.*", Unit.PERCENT, 2);
        final Concordance codes = Concordance.of(Recoding.renamed(5, "o", "n"));
        final Group group = new Group(
                List.of(GroupMember.of(series, series)
                        .withMembership(series)
                        .withCode("c")
                        .withShare(Share.of(2, 3))
                        .withInterval(6, 7)),
                List.of(
                        MemberPattern.of(levels, levels).withMembership("m.*").withInterval(8, 9),
                        MemberPattern.of(levels, levels).withConcordance(codes)),
                MissingPolicy.FAIL,
                OptionalLong.of(11));
        final Branch branch = Branch.of("1", "x").withInterval(12, 13);
        final ImageOutput out = new ImageOutput(ImageFrame.Type.ENGINE);
        ImageGroups.put(out, ImageGroup.of(Hierarchy.byPrefix(group, 1, 4).withBranches(branch)));
        final byte[] bytes = out.end();
        final UnsafeBuffer image = new UnsafeBuffer(bytes);
        assertEquals(2, image.getByte(12), "missingPolicy");
        assertEquals(0b11, image.getByte(13), "flags");
        assertEquals(1, image.getInt(14), "memberCount");
        assertEquals(2, image.getInt(18), "patternCount");
        assertEquals(11, image.getLong(22), "weightsFixedAt");
        assertEquals(0b11, image.getByte(30), "flags of the member");
        int offset = requireTexts(image, bytes, 31, "c", "a", "a", "a");
        offset = requireLongs(image, offset, 2, 3, 6, 7);
        assertEquals(0b11, image.getByte(offset), "flags of the pattern");
        offset = requireLevels(image, bytes, offset + 1);
        offset = requireLevels(image, bytes, offset);
        offset = requireTexts(image, bytes, offset, "m.*");
        offset = requireLongs(image, offset, 8, 9);
        assertEquals(0b101, image.getByte(offset), "flags of the pattern");
        offset = requireLevels(image, bytes, offset + 1);
        offset = requireLevels(image, bytes, offset);
        offset = requireLongs(image, offset, Instants.MIN, GroupMember.FOR_EVER);
        assertEquals(1, image.getInt(offset), "recodingCount");
        offset = requireLongs(image, offset + 4, 5);
        offset = requireTexts(image, bytes, offset, "o");
        assertEquals(1, image.getInt(offset), "partCount");
        offset = requireTexts(image, bytes, offset + 4, "n");
        offset = requireLongs(image, offset, 1, 1);
        assertEquals(2, image.getInt(offset), "prefixCount");
        assertEquals(1, image.getInt(offset + 4), "branchCount");
        assertEquals(1, image.getInt(offset + 8), "prefixLength");
        assertEquals(4, image.getInt(offset + 12), "prefixLength");
        offset = requireTexts(image, bytes, offset + 16, "1", "x");
        assertEquals(bytes.length - 4, requireLongs(image, offset, 12, 13));
    }

    private static int requireLevels(final UnsafeBuffer image, final byte[] bytes, final int offset) {
        final int end = requireTexts(image, bytes, offset, "z.*", "PERCENT");
        assertEquals(2, image.getByte(end), "scale");
        return end + 1;
    }

    private static int requireTexts(
            final UnsafeBuffer image, final byte[] bytes, final int offset, final String... expected) {
        int end = offset;
        for (final String text : expected) {
            end = requireText(image, bytes, end, text);
        }
        return end;
    }

    private static int requireLongs(final UnsafeBuffer image, final int offset, final long... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], image.getLong(offset + Long.BYTES * i));
        }
        return offset + Long.BYTES * expected.length;
    }

    @Test
    void shouldLayOutSubscriptionsAndWatchesAsDrawn() {
        final byte[] bytes = EngineImageWriter.write(new EngineImage(
                ClockMode.EVENT,
                77,
                0,
                List.of(),
                List.of(),
                List.of(new ImageSubscription("text", 5, List.of(new FollowedState("a.b", new byte[] {1, 2, 3})))),
                List.of(new PanelState("name", "watches", 6, List.of(new byte[] {}, new byte[] {4, 5})))));
        final UnsafeBuffer image = new UnsafeBuffer(bytes);
        assertEquals(0, image.getInt(32), "registrationCount");
        assertEquals(0, image.getInt(36), "groupCount");
        assertEquals(1, image.getInt(40), "subscriptionCount");
        assertEquals(1, image.getInt(44), "panelCount");
        int offset = requireTexts(image, bytes, 48, "text");
        offset = requireLongs(image, offset, 5);
        assertEquals(1, image.getInt(offset), "followedCount");
        offset = requireTexts(image, bytes, offset + 4, "a.b", "\u0001\u0002\u0003");
        offset = requireTexts(image, bytes, offset, "name", "watches");
        offset = requireLongs(image, offset, 6);
        assertEquals(2, image.getInt(offset), "watchCount");
        offset = requireTexts(image, bytes, offset + 4, "", "\u0004\u0005");
        assertEquals(bytes.length - 4, offset);
    }

    /** Other programs keep images. */
    @Test
    void shouldKeepTheBytesOfAnImage() {
        assertEquals(GOLDEN.replace("\n", ""), HexFormat.of().formatHex(example()));
    }
}
