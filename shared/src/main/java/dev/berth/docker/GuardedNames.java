package dev.berth.docker;

import dev.berth.model.ErrorCode;
import dev.berth.model.HostEndpoint;
import dev.berth.model.OperationFailed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Looks up the name of a host right before a connection is opened, and opens none if it leads where none may be. */
record GuardedNames(DnsResolver names) implements DnsResolver {

    /** @throws OperationFailed {@code host_unreachable} if any of the addresses is refused by {@link HostEndpoint} */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            HostEndpoint.refusal(address).ifPresent(why -> {
                throw new OperationFailed(ErrorCode.HOST_UNREACHABLE, why + "; " + host + " does");
            });
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
