package io.tollgate.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.hash.impl.util.BuildVersion;

/**
 * What Chronicle Map writes at the beginning of the maps of an engine, as digests: of each shape of entries, and of
 * each number of them that an engine makes maps for. Whoever opens a large store compares dozens of maps, and Chronicle
 * takes milliseconds to say what it would write for each; where a file begins as it should, it is not asked.
 *
 * <p>For version {@value #VERSION} of it, and pages of {@value #PAGE_LENGTH} bytes, as some lengths depend on them.
 */
final class KnownDescriptions {
    private static final String VERSION = "2026.1";
    private static final int PAGE_LENGTH = 4_096;

    /**
     * What the keys are, bytes of a value, how many entries or areas; where the state ends and how long the map is, in
     * bytes; and SHA-256 of what stands from the field with the length of the description on, to the end of the state.
     */
    static final String TABLE = """
            names 8 1024 1825 78592 3dea138457a047d46038ef279878227c594faa97dda9a6acf7328e6d06b5ebb1
            names 8 2048 1825 152832 76f41ae9f296297bb9f07c5821038a9989f5326a5cbbfa6a7fef020f7e7e1c38
            names 8 4096 1825 301312 4581019a1d9b2d7e86eaa8f7511bacd9e37ab6557bfae93282ec765bd632e46e
            names 8 8192 1825 598272 1032c757889273afa8fcb86a2ee63baff2779bb0d93a634ce23cfdc850a38941
            names 8 16384 1825 1323264 51d896f29adf2290ea189bf0bf61cf316e2373553a9b5791ebb7618d2210c298
            names 8 32768 1825 2642176 3b112458f46809abca151d1bf7319fb18a62efbb43d79648fe858df4daeedc25
            names 8 65536 1825 5280000 d334498a7f1323722e0ff9554e6caadf45f8522bbec53b7f46cbb30e114c661b
            names 8 131072 1825 10555648 cb5a2fa3955899079c9628c661ff3023f16f110867def8edce5fdf3e9d5012af
            names 8 262144 1825 21106944 35c7b60414072a23bf275ee5b0987c08eefe87ba0b6406d4d7479208b24191c8
            names 8 524288 1825 42209536 1a406669ebf73a4ef93f7a2d651f95ddb8edd0ec0b6219c2d6dacd2185d82a9b
            names 8 1048576 1825 84414720 30a6ddfe53a31adbdb18736588c4ff12baba45520c8281db0d8c7ba3b8b5f18a
            areas 192 1024 1761 202304 66e7986b706d257d80ae7814136367c89cc5f209eb04d031a0a08b3ab095357e
            areas 192 2048 1761 399936 a4c676fa6efd1d0368401b7247b3a9b3453cec444edb29558ba46f6c163a4a5d
            areas 192 4096 1761 795456 4ac01b1a2c9a186e3afc5505623c38fb7780d7b7847bed2902f69a822c8aa44b
            areas 192 8192 1825 1586496 da30021961f13d009fafd31953aa3fda66c71a2b5d38da0e27cc5c5219ea8d94
            areas 192 16384 1825 3168576 9159be1549321603e47e7dfeb76f914aefc718c1caf7fa5f280af1b3656d3e06
            areas 192 32768 1825 6332736 36ce8efbc75e74c605bcb89e1055f5351a754a14fef74adeeb7dc5af6f475983
            areas 192 65536 1825 12661120 c6b0aca38f29ad6a7f176bb79668457eeec819e4233ac3b6ff85644aff815f6e
            areas 192 131072 1825 25317888 3884e009b3bcaff3736d3918258df6e98fe05236292619da7629713aefb26e7f
            areas 192 262144 1825 50631424 166b7373dc6d3c8b61b55ceb77261ce26ee0186a121fe2c52a3569d979185048
            areas 192 524288 1825 101258496 f1b4c0fba2fcde3af4000776bc9416de726a4151aa21a8c8b1e593dc634a3872
            areas 192 1048576 1825 202512640 f28537d87c4f5fef93e4da50434fae2c383e579f89eb4a70871ba54b9eaaa05a
            areas 320 1024 1761 334400 6fc169ffc917eb43919d5801ef7dba7bfe2545ffb65a99c702177953c1dbe828
            areas 320 2048 1761 664384 ec7ac3f998230244a16b99675f9d34bb0cd8033145cca29560d5740ef3eb9e43
            areas 320 4096 1825 1324352 9da10e25288115c342136590c107834143d614f85a1972220013b4ad1ec54721
            areas 320 8192 1825 2644288 05d79779cbada0422598c0b67d6b0caf8079ba38e1d8580a322d8617a589147c
            areas 320 16384 1825 5284160 fc6d8711c1d3a08c8cb3aa8ff7cdfedbf28eb9988c69fb93f0c2786b155ccbd3
            areas 320 32768 1825 10563968 0e7047bb6c54825f2e5cce197ab2c32b1ecd0363f32811ab35137a40098f4830
            areas 320 65536 1825 21123584 4aea380803135102057de7077eba63ece9a755ac9472b4718d45f9baed0ded02
            areas 320 131072 1825 42242816 2f4def7eb6862652fa3db869adbef28b0b22df0b1b8d7e489d1bd7a96ec5f3c7
            areas 320 262144 1825 84481280 33200838597e94cc16c710f133ad586efd0c7597474b9e323ea088fd7f02031d
            areas 320 524288 1825 168958208 ff091b53646c1236e5296873fd6ac657cbc74d28abee866b847b3ed5a65b3533
            areas 320 1048576 1825 338174208 aaf9beb0d13060b8c7385a09de0250acf8dc1eb0e33b1b7a91b9a958202cef60
            areas 1088 1024 1761 1127744 6e5e66f6cbcd7d405e2435cca8b70fcf933b7eb44640735e16dacd234b732670
            areas 1088 2048 1761 2251072 85060bf4d1b84e96eb1cf26bf61fe24ab595f878da58e8d8c616e496432e80c4
            areas 1088 4096 1825 4497728 5c3cc902dfefe5480c429a12ae552b19dcfa76fda033725ed14bd7fbf751bab9
            areas 1088 8192 1825 8991104 f282e77e38dfa5080efaada9fe5c4a7f325929ab93015ce5d47d060bed5164c0
            areas 1088 16384 1825 17977856 79778af29fd430b1d17c8e93abf813b1fb700b2f8fdb68109ca8cf07f152155c
            areas 1088 32768 1825 35951360 781b6ccca867de3e9c3c65f121c6fab97883b8f7ed67064b29b5b37e03694028
            areas 1088 65536 1825 71898368 5df1c350316108958e624b9f9dc103f3b40ff5efe95be07c6b80d94d8a6b10a3
            areas 1088 131072 1825 143792384 ec7051e84f7445c3b7c7ef0dff89a7be398026042eef497fbd73673e42705f05
            areas 1088 262144 1825 287842560 a368902d0e4b12c407c5df4de8bc4f43df292203ec5bcf965d1c29d9ada61e14
            areas 1088 524288 1825 575680768 d7a71037c290795bb12b4febbdf12cf02748eb978389d82edec117f06b364fc8
            areas 1088 1048576 1825 1151357184 6b936d49f4cb354cf4e2e5d7edd109d5364dd3140bfbcc9a680a8ab757900a39
            areas 4928 1024 1825 5087552 56d7ce6315453a2a7ac93b25db4f5076cf2fec607338093b20d4bb3bc53e4b40
            areas 4928 2048 1825 10170752 5eaa37a42b6a32bf9e309fda68559c9a28d39daafcd3a297d0a55a2b467e8983
            areas 4928 4096 1825 20337152 1ad280e8a09cc3bda5ed652b6145e8a12864283cfb0f1b1a10c033db1aad7640
            areas 4928 8192 1825 40669952 cf4d8281196b5e5859667445955e2551e4b4b6a7d6dc2da25ba156b6120b6365
            areas 4928 16384 1825 81335552 d8304fd810ab21d533e18a57d0b053fb5331dd8db5256cb69689f597a60f63b3
            areas 4928 32768 1825 162666752 8318f9d66dfd5b470a1573f35a628459af497fea1e9d98a1b25853786756c59f
            areas 4928 65536 1825 325591296 f89f053573a42eee7132798a6fe7ff2006e25124a5f5421bb7a6f3ec22066423
            areas 4928 131072 1825 651178240 7b05ce673a645113667e1e33ed826a09922829c38939e8df3205949425bbf4de
            areas 4928 262144 1825 1302352128 a3c069e1ea481472e772f7f30cef911f4c8e8346bcad76b3e40c257f5b1cee02
            areas 4928 524288 1825 2604699904 d54efb53fd7403b0ac1224a5a1383d72b9006067291fedef6f16e8df2c317d4c
            areas 4928 1048576 1825 5209395456 c5647d7a167363c5cdeed5ef66da24de7c69d544dd20745c9549bc333895a66e
            """;

    private static final Map<Shape, Description> DESCRIPTIONS = descriptions();

    private KnownDescriptions() {}

    /** What is asked for. */
    private record Shape(String kind, int valueLength, long entries) {
        static Shape of(final MapShape<?> shape, final long entries) {
            return new Shape(shape instanceof NameShape ? "names" : "areas", shape.valueLength(), entries);
        }
    }

    /** What is known of it. */
    private record Description(int end, long mapLength, String digest) {}

    private static Map<Shape, Description> descriptions() {
        final Map<Shape, Description> descriptions = new HashMap<>();
        for (final String line : TABLE.split("\n")) {
            final String[] columns = line.split(" ");
            descriptions.put(
                    new Shape(columns[0], Integer.parseInt(columns[1]), Long.parseLong(columns[2])),
                    new Description(Integer.parseInt(columns[3]), Long.parseLong(columns[4]), columns[5]));
        }
        return descriptions;
    }

    /**
     * Returns how long the map is of a file that begins with what Chronicle would write.
     *
     * @param file the file of a map
     * @param shape of its entries
     * @param entries how many the map shall hold; how many areas, where an entry has several
     * @return the length in bytes; empty where the file begins otherwise or has another length, or where only Chronicle
     *     can say what it would write, as {@link MapDescription} does
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    static OptionalLong mapLength(final Path file, final MapShape<?> shape, final long entries) {
        final Description known = DESCRIPTIONS.get(Shape.of(shape, entries));
        if (known == null || !isKnown()) {
            return OptionalLong.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final boolean isAsWritten = channel.size() == OS.pageAlign(known.mapLength)
                    && digest(MapDescription.read(channel, known.end)).equals(known.digest);
            return isAsWritten ? OptionalLong.of(known.mapLength) : OptionalLong.empty();
        } catch (final IOException e) {
            throw MapDescription.cannotBeRead(file, e);
        }
    }

    /**
     * Tells whether anything is known.
     *
     * @return whether Chronicle and the pages of this machine are those of the table
     */
    static boolean isKnown() {
        return OS.pageSize() == PAGE_LENGTH && VERSION.equals(BuildVersion.version());
    }

    /**
     * Returns the digest of what a map begins with.
     *
     * @param start from the field with the length of the description on: the hash before it is checked by Chronicle
     * @return SHA-256, in hexadecimal digits
     */
    static String digest(final ByteBuffer start) {
        try {
            final MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(start);
            return HexFormat.of().formatHex(sha.digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "javaVersion=" + Runtime.version() + ": found no SHA-256, which all have", e);
        }
    }
}
