package dev.berth.sim;

import dev.berth.contract.ArchiveContract;
import dev.berth.port.LogArchive;

/** The contract on the model of the archive. */
final class ModelArchiveTest extends ArchiveContract {
    ModelArchiveTest() {
        super(new InBucket(new BucketModel()));
    }

    private record InBucket(BucketModel bucket) implements Objects {
        @Override
        public LogArchive archive() {
            return new ModelArchive(bucket, new DirectLine(new Scheduler()));
        }

        @Override
        public byte[] get(String key) {
            return bucket.get(key).orElseThrow();
        }

        @Override
        public void put(String key, byte[] bytes) {
            bucket.objects().put(key, bytes);
        }

        @Override
        public void remove(String key) {
            bucket.objects().remove(key);
        }
    }
}
