package dev.weft.plugins.site;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;

/// What the plugins before a chained one made, which it cannot do without.
public final class PreviousResult {
    private PreviousResult() {}

    /// The result in the request.
    ///
    /// @param complaint the reference plugin's words when there is none
    public static Result require(Request request, String complaint) {
        return request.configuration()
                .previousResult()
                .orElseThrow(() -> new CniException(ErrorCode.INVALID_CONFIGURATION, complaint));
    }
}
