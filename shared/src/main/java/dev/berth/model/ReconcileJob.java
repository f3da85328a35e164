package dev.berth.model;

/** Hold what a host has against what is recorded of it, and settle the difference. */
public record ReconcileJob(HostId host, Request request) {}
