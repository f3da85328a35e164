package dev.berth.model;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a host may be: {@code tcp://name:port}, written in the one usual way, and not at an address that is for something
 * else. What answers at a link-local or a metadata address is the machine that we run on, and gives its secrets to
 * whoever asks. Loopback and private addresses are fine: people use tunnels.
 */
public final class HostEndpoint {
    private static final String FORM = "endpoint must be tcp://name:port and nothing more";
    private static final int MOST_PORT = 65_535;

    /** Names have letters: whatever else C libraries take for a number (hex, octal, fewer parts) is no name of ours. */
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final Pattern IPV4 = Pattern.compile("((0|[1-9][0-9]{0,2})\\.){3}(0|[1-9][0-9]{0,2})");

    /** The metadata of a cloud's machines, where it is not link-local. */
    private static final Set<InetAddress> METADATA = Set.of(
            InetAddress.ofLiteral("fd00:ec2::254"),
            InetAddress.ofLiteral("fd20:ce::254"),
            InetAddress.ofLiteral("100.100.100.200"),
            InetAddress.ofLiteral("168.63.129.16"),
            InetAddress.ofLiteral("192.0.0.192"));

    private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

    /** What stands before an IPv4 address in an IPv6 one: of NAT64, everywhere and of one network alone, ... */
    private static final byte[] NAT64 = InetAddress.ofLiteral("64:ff9b::").getAddress();

    private static final byte[] LOCAL_NAT64 =
            InetAddress.ofLiteral("64:ff9b:1::").getAddress();

    /** ... of an address that is translated, of one that is only compatible, of 6to4. */
    private static final byte[] TRANSLATED =
            InetAddress.ofLiteral("::ffff:0:0:0").getAddress();

    private static final byte[] COMPATIBLE = new byte[16];
    private static final byte[] SIX_TO_FOUR = InetAddress.ofLiteral("2002::").getAddress();

    private HostEndpoint() {}

    /** Why no host may be there, in a text that names the field; empty if one may. Names are not looked up. */
    public static Optional<String> refusal(String endpoint) {
        try {
            return refusal(new URI(endpoint));
        } catch (URISyntaxException e) {
            return Optional.of(FORM);
        }
    }

    /** The same of one that is a URI already. */
    public static Optional<String> refusal(URI endpoint) {
        String name = Optional.ofNullable(endpoint.getHost()).orElse("");
        int port = endpoint.getPort();
        boolean usual = port >= 1 && port <= MOST_PORT && endpoint.toString().equals("tcp://" + name + ":" + port);
        if (!usual) {
            return Optional.of(FORM);
        }
        if (NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        boolean six = name.startsWith("[") && name.indexOf('%') < 0;
        if (!six && !IPV4.matcher(name).matches()) {
            return Optional.of(FORM);
        }
        return six && isMapped(name)
                ? Optional.of("endpoint must be an IPv4 address where it means one")
                : refusal(InetAddress.ofLiteral(name));
    }

    /** Java takes {@code ::ffff:10.0.0.1} for the IPv4 address. */
    private static boolean isMapped(String literal) {
        return InetAddress.ofLiteral(literal) instanceof Inet4Address;
    }

    /** Why no connection may be made to an address that a name has led to; empty if one may. */
    public static Optional<String> refusal(InetAddress address) {
        return isForbidden(address)
                ? Optional.of("endpoint must not lead to " + address.getHostAddress()
                        + ": link-local, metadata, unspecified, multicast and broadcast addresses are refused")
                : Optional.empty();
    }

    private static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || address.equals(BROADCAST)
                || isOfThisNetwork(address)
                || METADATA.stream().anyMatch(known -> Arrays.equals(known.getAddress(), address.getAddress()))
                || (address instanceof Inet6Address six
                        && embedded(six).filter(HostEndpoint::isForbidden).isPresent());
    }

    /** 0.0.0.0/8: systems take it for themselves. */
    private static boolean isOfThisNetwork(InetAddress address) {
        return address instanceof Inet4Address && address.getAddress()[0] == 0;
    }

    /** The IPv4 address that an IPv6 one leads to by way of a translator. */
    private static Optional<InetAddress> embedded(Inet6Address address) {
        byte[] bytes = address.getAddress();
        if (startsWith(bytes, SIX_TO_FOUR, 2)) {
            return Optional.of(four(bytes, 2));
        }
        boolean compatible = startsWith(bytes, COMPATIBLE, 12) && !address.isLoopbackAddress();
        boolean translated =
                startsWith(bytes, NAT64, 12) || startsWith(bytes, LOCAL_NAT64, 6) || startsWith(bytes, TRANSLATED, 12);
        return compatible || translated ? Optional.of(four(bytes, 12)) : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix, int length) {
        return Arrays.equals(bytes, 0, length, prefix, 0, length);
    }

    private static InetAddress four(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
