package io.sluice.transport;

import io.netty.channel.DefaultFileRegion;
import io.sluice.base.Slice;

/// A slice of a stored file on its way through `sendfile`. Unlike Netty's own it leaves the file open: that belongs to the
/// log store, and is pinned until the whole answer was sent.
final class StoredRegion extends DefaultFileRegion {
    StoredRegion(Slice.InFile slice) {
        super(slice.file(), slice.position(), slice.length());
    }

    @Override
    protected void deallocate() {}
}
