package io.tollgate.core.store;

import java.nio.charset.StandardCharsets;
import net.openhft.chronicle.hash.serialization.SizeMarshaller;
import net.openhft.chronicle.hash.serialization.impl.ConstantSizeMarshaller;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.agrona.BitUtil;

/**
 * The text that Chronicle Map writes at the beginning of the file of a map, put together from the same numbers. For
 * maps as {@link MapShape} configures them: of one segment, without tiers beside the first, with values of constant
 * length.
 *
 * <p>Whoever opens a store compares dozens of maps, and Chronicle writes its texts by means for texts of any kind,
 * which load hundreds of classes. Where a file says something else than this, Chronicle is asked ({@link
 * MapDescription}).
 */
final class DescriptionText {
    private static final int EXPECTED_LENGTH = 2_048;
    private static final int LINE_LENGTH = 64;
    private static final int SEGMENT_HEADER_LENGTH = 192;

    private final StringBuilder text = new StringBuilder(EXPECTED_LENGTH);

    private DescriptionText() {}

    /**
     * Returns the text.
     *
     * @param map a map that is laid out as its configuration says
     * @return its bytes
     */
    static byte[] of(final VanillaChronicleMap<?, ?, ?> map) {
        final DescriptionText description = new DescriptionText();
        description.append(map);
        return description.text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void append(final VanillaChronicleMap<?, ?, ?> map) {
        text.append('!').append(VanillaChronicleMap.class.getName()).append(" {\n");
        field("dataFileVersion", '"' + map.persistedDataVersion() + '"');
        field("keyClass", type(map.keyClass()));
        sizeMarshaller("keySizeMarshaller", map.keySizeMarshaller);
        object("keyReader", map.keyReader, "");
        object("keyDataAccess", map.keyDataAccess, "");
        field("checksumEntries", map.checksumEntries);
        field("actualSegments", map.actualSegments);
        object("hashSplitting", map.hashSplitting, "");
        field("chunkSize", map.chunkSize);
        field("maxChunksPerEntry", map.maxChunksPerEntry);
        field("actualChunksPerSegmentTier", map.actualChunksPerSegmentTier);
        field("segmentHeaderSize", SEGMENT_HEADER_LENGTH);
        appendTier(map);
        field("skipCloseOnExitHook", true);
        final String valueType = "    tClass: " + type(map.valueClass()) + '\n';
        field("valueClass", type(map.valueClass()));
        sizeMarshaller("valueSizeMarshaller", map.valueSizeMarshaller);
        object("valueReader", map.valueReader, valueType);
        object("valueDataAccess", map.valueDataAccess, valueType);
        field("constantlySizedEntry", map.constantlySizedEntry);
        field("alignment", map.alignment);
        field("worstAlignment", map.worstAlignment);
        text.append("  maxBloatFactor: ").append(map.maxBloatFactor()).append("\n}\n");
    }

    private void appendTier(final VanillaChronicleMap<?, ?, ?> map) {
        final long entriesLength = map.chunkSize * map.actualChunksPerSegmentTier;
        field("tierHashLookupValueBits", map.tierHashLookupValueBits);
        field("tierHashLookupKeyBits", map.tierHashLookupKeyBits);
        field("tierHashLookupSlotSize", map.tierHashLookupSlotSize);
        field("tierHashLookupCapacity", map.tierHashLookupCapacity);
        field("maxEntriesPerHashLookup", map.maxEntriesPerHashLookup);
        field("tierHashLookupInnerSize", map.tierHashLookupCapacity * map.tierHashLookupSlotSize);
        field("tierHashLookupOuterSize", map.tierHashLookupOuterSize);
        field("tierFreeListInnerSize", map.tierFreeListInnerSize);
        field("tierFreeListOuterSize", map.tierFreeListOuterSize);
        field("tierEntrySpaceInnerSize", entriesLength);
        field("tierEntrySpaceInnerOffset", map.tierEntrySpaceInnerOffset);
        field("tierEntrySpaceOuterSize", BitUtil.align(map.tierEntrySpaceInnerOffset + entriesLength, LINE_LENGTH));
        field("tierSize", map.tierSize);
        field("maxExtraTiers", 0);
        field("tierBulkSizeInBytes", map.tierSize * map.tiersInBulk);
        field("tierBulkInnerOffsetToTiers", 0);
        field("tiersInBulk", map.tiersInBulk);
        field("log2TiersInBulk", Long.numberOfTrailingZeros(map.tiersInBulk));
    }

    private static String type(final Class<?> type) {
        return "!type " + type.getTypeName();
    }

    private void field(final String name, final long value) {
        text.append("  ").append(name).append(": ").append(value).append(",\n");
    }

    private void field(final String name, final boolean value) {
        text.append("  ").append(name).append(": ").append(value).append(",\n");
    }

    private void field(final String name, final String value) {
        text.append("  ").append(name).append(": ").append(value).append(",\n");
    }

    private void sizeMarshaller(final String name, final SizeMarshaller lengths) {
        final boolean isConstant = lengths instanceof ConstantSizeMarshaller;
        object(name, lengths, isConstant ? "    constantSize: " + lengths.minStorableSize() + '\n' : "");
    }

    private void object(final String name, final Object value, final String fields) {
        text.append("  ").append(name).append(": !").append(value.getClass().getName());
        text.append(" {\n").append(fields).append("  },\n");
    }
}
