package dev.berth.local.aws;

import java.net.URI;

/** The services of AWS that stacks stand on, wherever they answer. */
public interface AwsServices extends AutoCloseable {

    /** {@code http://ADDRESS:PORT}, like the others. */
    URI dynamoDb();

    URI sqs();

    URI s3();

    /** Makes a bucket, as the provisioning of a stack would. */
    void makeBucket(String name);

    @Override
    void close();
}
