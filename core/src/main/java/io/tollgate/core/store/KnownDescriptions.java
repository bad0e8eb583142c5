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
     * bytes; and SHA-256 of what stands to the end of the state.
     */
    static final String TABLE = """
            names 8 1024 1825 78592 d2f97824068aeec4f5be03dc0284abbd72de2db251512047c1eb71ebe97cf596
            names 8 2048 1825 152832 dd0c024fdf1a2a2620e08c14adc9944c5a5c11591f05212950af162649c229d5
            names 8 4096 1825 301312 2af24f55d6fe6ec916fa2aa153d0022ca221269a22bcd2f6a7a35b85997ef340
            names 8 8192 1825 598272 3c838b344ce66a0d3e1f7a3804df187c91be9737999b5b9617a68df1127334de
            names 8 16384 1825 1323264 e7d2abb2453fe4532642622f13cccee66043abf3702a3d3449daa740617f53cb
            names 8 32768 1825 2642176 f26615352bdbab747c37a191430808a67d9ccb6757493f1bd2fcebd6e52b9807
            names 8 65536 1825 5280000 b6dd8283f2b3d29d5a20a50d6c7c8b3d62e0e66b5588cf5769c2702d7cb33e12
            names 8 131072 1825 10555648 75e5e7cad09fdafd8d9c137d34297a2b0ed2aca22929b71d95bf49d3c52ef289
            names 8 262144 1825 21106944 1a50132f8ffce3a458346aa809245f620cc4d53b2c7617556e18752e81c1b27a
            names 8 524288 1825 42209536 19e3c86ce37e051fd597bdeece2cca89e45fdcd0327aa1e3bbd55e77219b5d6e
            names 8 1048576 1825 84414720 3d18c0a74ed8e238b06f2865a985a4a6bc0f782254787ba738b2d0272d30916e
            areas 192 1024 1761 202304 442a8c0b18dd26c205397ff8266585abdbfa8ce0084d8faae63f1aadd57e7ad8
            areas 192 2048 1761 399936 210a6e140b850827f06261a6d3aa7cdda48c4c7bb327dff5510d920830ee6abd
            areas 192 4096 1761 795456 3ad5b89e0ebff97b8f18e4eab5f9fffca32241e2991ba7e81cf2b2dadce13a98
            areas 192 8192 1825 1586496 78abf7f523811a563fb42449329fb289e6f9a9242deb07d895c159e2cd3f1ed5
            areas 192 16384 1825 3168576 bcfadc253bdf0e742c34e3cb494f83e04ed2dcf34c2b28fde044032dfcf6b6ef
            areas 192 32768 1825 6332736 ca71779eb96ca2254b4f5c5f39fada1bdc0e2d936965f5113b61a8bc7404f831
            areas 192 65536 1825 12661120 c256f85924c52fe331fe82e73e96f0880c2b32e0e17a105ed2843a03e21bc60d
            areas 192 131072 1825 25317888 b93b508939ea94593f6ceeae9a76fe1368919eb0b2ad590226a5b6d1df65735d
            areas 192 262144 1825 50631424 0f4aaa82f3fc3bead12c5d2b8967070d7aa6855bceb253a72edba136bda9df21
            areas 192 524288 1825 101258496 8b671152f5a89c9c08b28c5d601729e8a20b5934f76fe0eb481b17fa1789ff9a
            areas 192 1048576 1825 202512640 cc564a515c51c880a120bba17b612dfe10c0566c290b8d127c40da997d358e15
            areas 320 1024 1761 334400 738a4c4872f634a19365781ae12510544db72b18f55fae0775b9a1432d91e08e
            areas 320 2048 1761 664384 11252be6b3ae25eae8eb0e685bb9ad87ec7078ebfd6a7fa469cbc57a6dfde8d9
            areas 320 4096 1825 1324352 afca3f515f3aa39a0dfa728b3e1857ef118b61c3b4e3d8caa12b5dfddc1b5cb1
            areas 320 8192 1825 2644288 dcbbb628f494808549b787e9869182d60baf4db4fcaf635854d8f1e8d8178ece
            areas 320 16384 1825 5284160 563517409149e7f1054ecd0442fc3de19303e3776b2e0c071c8044c4f06844cd
            areas 320 32768 1825 10563968 95d0f033df4ce0d2d054e90c84d8345595ba249f568fb591f99d12caab6af51c
            areas 320 65536 1825 21123584 37fec67165cccfb01852e15108dfbde208fd1160bbd1bd0b1d15eb1bcbdb482b
            areas 320 131072 1825 42242816 27655c26e0677c0c5f2319df3a3c8ab3f608fbdff76d2601b1d993cc6cbcfda4
            areas 320 262144 1825 84481280 a8cbc16a6ba8364fb63e0021cdedb2d4ff187a6c9b54e39f0878ab105db06330
            areas 320 524288 1825 168958208 fb313eb21842cbc3a20a6b4f6e1683e2cb8ac1c9254c44b0457ed98c1a13811b
            areas 320 1048576 1825 338174208 c510390a978ded7bfb2102a29d369587d0aa0a122bb7e6cc72b9a218cfc2a98b
            areas 1088 1024 1761 1127744 324e4ae3edaa2f7d61690d2b81f78fe6e1d3f3db192b60c7cb1971c460007beb
            areas 1088 2048 1761 2251072 0df9c08ad357604463b87282910cddc46e2cc6bbf0e0a61de74779a524d583c8
            areas 1088 4096 1825 4497728 580ede87d18f1ea9cb7358821ac2fc614bc7755e9f064fcf46ea749b963ab84b
            areas 1088 8192 1825 8991104 c309789e793cbd88baa196c0bea9b1f82ac0826ced0cfab255b8a235090184d7
            areas 1088 16384 1825 17977856 cd0ad67469d6af61ba1a6f8bb922987fa5126a970f25f28ab0eb5219c9afd3f9
            areas 1088 32768 1825 35951360 ce225312757ea80959456f02f771e1e7ce4d31f7bb6aa05f209531905bd30207
            areas 1088 65536 1825 71898368 9215cce0745e4aad5907c57082bb846db01c04b0b53fa009a47c7e62c7eb57b8
            areas 1088 131072 1825 143792384 f69e3638d6d2f5a79e7cadbffd7cd343173915a1abbae92b10b950c7976adee3
            areas 1088 262144 1825 287842560 0696cd2392d89c959dd4f926953c3260eb0eb120cc56fd293ba3a3a57125e613
            areas 1088 524288 1825 575680768 ccecde448458e063b93a1cb768b91558f1b0786b5aa7d2b05927609711a5856e
            areas 1088 1048576 1825 1151357184 6b55e1bfa2a1e0e7291449d4a0731e4af64578c01d88932614680e0c57b57974
            areas 4928 1024 1825 5087552 5fba8ee66c01e04b3e1a5a3830b01ab983a1cce36643aa38084124d2e99dfab8
            areas 4928 2048 1825 10170752 09c884758728e146a33fba23c9ec5e29ba10d09a62c0085bc814316924dea23d
            areas 4928 4096 1825 20337152 eea8e1cbb5461bd60ed36b87da40d9996ad30e096a284fe1233677e6ac192c17
            areas 4928 8192 1825 40669952 5e4fe3caae1ee210202c08372d0ce4569c478f5dcaffa99617a061936589498a
            areas 4928 16384 1825 81335552 a6d4e8e5d71159fea9ba0d5048eb2455b64ea42195837ed47f3acc247234d753
            areas 4928 32768 1825 162666752 3ad41e4f762cf655fcbab0fdc0df874b3d7fc092b64fa2c374dd4e3071a8bdec
            areas 4928 65536 1825 325591296 e14d218e35cf07da81a192775fcf5aaf38d476b2549837eaf010c3c2d86baea1
            areas 4928 131072 1825 651178240 3e1d2460f8decd39ee93e5ee50b7c99895ac0d78ac2a64c6d88bd1be275823c0
            areas 4928 262144 1825 1302352128 088ce0839475df7d3233f1b88d2e10d6c05d723eb812f81ced8198af84d300cf
            areas 4928 524288 1825 2604699904 6a028199f143c05b730bbebad8004d5bfe297f977c5e208db1523fda30ca8a6e
            areas 4928 1048576 1825 5209395456 13c5759d747e2c6a7e40d84b27cd737287605e534d52541d2a5cad9cda000ba5
            """;

    private static final Map<String, Description> DESCRIPTIONS = descriptions();

    private KnownDescriptions() {}

    /** What is asked for, as its line of the table begins. */
    private static String key(final MapShape<?> shape, final long entries) {
        return (shape instanceof NameShape ? "names " : "areas ") + shape.valueLength() + ' ' + entries;
    }

    /** What is known of it. */
    private record Description(int end, long mapLength, String digest) {}

    private static Map<String, Description> descriptions() {
        final Map<String, Description> descriptions = new HashMap<>();
        for (final String line : TABLE.split("\n")) {
            final String[] columns = line.split(" ");
            descriptions.put(
                    columns[0] + ' ' + columns[1] + ' ' + columns[2],
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
        final Description known = DESCRIPTIONS.get(key(shape, entries));
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
     * @param start to the end of its state
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
