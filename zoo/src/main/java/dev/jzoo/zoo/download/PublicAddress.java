package dev.jzoo.zoo.download;

import java.net.URI;
import java.net.URISyntaxException;

/** The printable form of an address: without user, password and query, which may contain keys and signatures. */
public final class PublicAddress {

    private static final String QUERY = "?...";
    private static final String DIGEST = "#sha256=";

    private PublicAddress() {}

    /** Returns the printable form of an address. */
    public static String of(URI address) {
        return of(address.toString());
    }

    /**
     * Returns the printable form of a text that may be an address. Other texts stay unchanged. A text that starts like an address
     * but cannot be parsed loses everything before its last '@', because the end of its password is unknown.
     */
    public static String of(String text) {
        int host = text.indexOf("://") + 3;
        if (host < 3 || !text.substring(0, host - 3).matches("\\s*[A-Za-z][A-Za-z0-9+.-]*")) {
            return text;
        }
        int hash = text.indexOf('#');
        if (hash >= 0 && text.indexOf('@', hash) >= 0) { // the '#' is part of a password
            return of(text.substring(0, host) + text.substring(text.lastIndexOf('@') + 1));
        }
        String address = hash < 0 ? text : text.substring(0, hash);
        String fragment = hash < 0 ? "" : text.substring(hash);
        address = address.substring(0, host) + address.substring(hostAt(address, host));
        int query = address.indexOf('?');
        return (query < 0 ? address : address.substring(0, query) + QUERY)
                + (fragment.startsWith(DIGEST) ? fragment : "");
    }

    /** Returns the index where the host begins. */
    private static int hostAt(String address, int from) {
        try {
            URI uri = new URI(address.strip());
            if (uri.getHost() != null) {
                return from
                        + (uri.getRawUserInfo() == null
                                ? 0
                                : uri.getRawUserInfo().length() + 1);
            }
        } catch (URISyntaxException e) {
            // not parseable: cut off everything before the last '@' instead
        }
        return Math.max(from, address.lastIndexOf('@') + 1);
    }
}
