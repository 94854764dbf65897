using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "access_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    person = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    role = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_sessions",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    key_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    person = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_sessions", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "config_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    item = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    replaced = table.Column<long>(type: "INTEGER", nullable: true),
                    effective_from = table.Column<long>(type: "INTEGER", nullable: false),
                    effective_to = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    written_at = table.Column<long>(type: "INTEGER", nullable: false),
                    written_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "config_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_state", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "escalation_incidents",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    details = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    urgency = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    service = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    team = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    pool = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    pool_rank = table.Column<int>(type: "INTEGER", nullable: false),
                    policy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    snapshot = table.Column<string>(type: "TEXT", nullable: false),
                    integration = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    dedup_key = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    paging_starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    acknowledged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    acknowledged_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    resolved_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    merged_into = table.Column<long>(type: "INTEGER", nullable: true),
                    last_activity_at = table.Column<long>(type: "INTEGER", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    pass = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    episode = table.Column<int>(type: "INTEGER", nullable: false),
                    next_step_at = table.Column<long>(type: "INTEGER", nullable: true),
                    timer_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    reachable = table.Column<string>(type: "TEXT", nullable: false),
                    snoozed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    alert_count = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_incidents", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "escalation_timeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    incident = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    via = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: true),
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    channel = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    attempt = table.Column<Guid>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_timeline", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "paging_attempts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    page = table.Column<Guid>(type: "TEXT", nullable: false),
                    incident = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    contact = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    urgency = table.Column<int>(type: "INTEGER", nullable: false),
                    pool_rank = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true),
                    claims = table.Column<int>(type: "INTEGER", nullable: false),
                    first_claim_at = table.Column<long>(type: "INTEGER", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    stop = table.Column<bool>(type: "INTEGER", nullable: false),
                    vendor_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    vendor_rank = table.Column<int>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_attempts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "paging_budgets",
                columns: table => new
                {
                    vendor = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    slot = table.Column<long>(type: "INTEGER", nullable: false),
                    taken = table.Column<int>(type: "INTEGER", nullable: false),
                    granted = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_budgets", x => x.vendor);
                });

            migrationBuilder.CreateTable(
                name: "paging_lines",
                columns: table => new
                {
                    number = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    attempt = table.Column<Guid>(type: "TEXT", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_lines", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "paging_pages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    incident = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    episode = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    pass = table.Column<int>(type: "INTEGER", nullable: false),
                    high = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_rank = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    unreachable = table.Column<bool>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    service = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_pages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_events",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    xid = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_events", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "platform_idempotency",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    body_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_idempotency", x => new { x.key, x.path });
                });

            migrationBuilder.CreateTable(
                name: "platform_messages",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    endpoint = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    published = table.Column<bool>(type: "INTEGER", nullable: false),
                    next_publish_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    parked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_messages", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "platform_secrets",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    value = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_secrets", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "triage_alerts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    incident = table.Column<long>(type: "INTEGER", nullable: false),
                    integration = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    labels = table.Column<string>(type: "TEXT", nullable: false),
                    annotations = table.Column<string>(type: "TEXT", nullable: false),
                    links = table.Column<string>(type: "TEXT", nullable: false),
                    firing = table.Column<bool>(type: "INTEGER", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_triage_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "triage_heartbeats",
                columns: table => new
                {
                    integration = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_triage_heartbeats", x => new { x.integration, x.key });
                });

            migrationBuilder.CreateTable(
                name: "triage_keys",
                columns: table => new
                {
                    integration = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    incident = table.Column<long>(type: "INTEGER", nullable: false),
                    firing = table.Column<bool>(type: "INTEGER", nullable: true),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    copies = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_triage_keys", x => new { x.integration, x.key });
                });

            migrationBuilder.InsertData(
                table: "config_state",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_access_keys_hash",
                table: "access_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_keys_person",
                table: "access_keys",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "IX_access_sessions_expires_at",
                table: "access_sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_config_items_item",
                table: "config_items",
                column: "item");

            migrationBuilder.CreateIndex(
                name: "ix_items_present",
                table: "config_items",
                columns: new[] { "kind", "name" },
                unique: true,
                filter: "replaced is null");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_incidents_id",
                table: "escalation_incidents",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_escalation_incidents_resolved_at",
                table: "escalation_incidents",
                column: "resolved_at",
                filter: "resolved_at is not null");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_incidents_status_number",
                table: "escalation_incidents",
                columns: new[] { "status", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_escalation_timeline_incident",
                table: "escalation_timeline",
                column: "incident");

            migrationBuilder.CreateIndex(
                name: "IX_paging_attempts_incident",
                table: "paging_attempts",
                column: "incident");

            migrationBuilder.CreateIndex(
                name: "IX_paging_attempts_page",
                table: "paging_attempts",
                column: "page");

            migrationBuilder.CreateIndex(
                name: "IX_paging_attempts_vendor_id",
                table: "paging_attempts",
                column: "vendor_id",
                filter: "vendor_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_claim",
                table: "paging_attempts",
                columns: new[] { "urgency", "pool_rank", "due_at", "ordinal" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_next",
                table: "paging_attempts",
                column: "next_at",
                filter: "next_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_trouble",
                table: "paging_attempts",
                column: "created_at",
                filter: "state = 'Failed' or tries > 0");

            migrationBuilder.CreateIndex(
                name: "IX_paging_lines_attempt",
                table: "paging_lines",
                column: "attempt");

            migrationBuilder.CreateIndex(
                name: "IX_paging_pages_incident_person_episode_step",
                table: "paging_pages",
                columns: new[] { "incident", "person", "episode", "step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pages_open_of_person",
                table: "paging_pages",
                column: "person",
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_platform_events_at",
                table: "platform_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_platform_events_xid_seq",
                table: "platform_events",
                columns: new[] { "xid", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_idempotency_at",
                table: "platform_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_platform_messages_id",
                table: "platform_messages",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messages_due",
                table: "platform_messages",
                column: "next_publish_at",
                filter: "published = 0");

            migrationBuilder.CreateIndex(
                name: "ix_messages_parked",
                table: "platform_messages",
                column: "parked_at",
                filter: "parked_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_messages_published",
                table: "platform_messages",
                columns: new[] { "endpoint", "next_publish_at" },
                filter: "published = 1");

            migrationBuilder.CreateIndex(
                name: "IX_triage_alerts_incident_integration_key",
                table: "triage_alerts",
                columns: new[] { "incident", "integration", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_triage_keys_seen_at",
                table: "triage_keys",
                column: "seen_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_keys");

            migrationBuilder.DropTable(
                name: "access_sessions");

            migrationBuilder.DropTable(
                name: "config_items");

            migrationBuilder.DropTable(
                name: "config_state");

            migrationBuilder.DropTable(
                name: "escalation_incidents");

            migrationBuilder.DropTable(
                name: "escalation_timeline");

            migrationBuilder.DropTable(
                name: "paging_attempts");

            migrationBuilder.DropTable(
                name: "paging_budgets");

            migrationBuilder.DropTable(
                name: "paging_lines");

            migrationBuilder.DropTable(
                name: "paging_pages");

            migrationBuilder.DropTable(
                name: "platform_events");

            migrationBuilder.DropTable(
                name: "platform_idempotency");

            migrationBuilder.DropTable(
                name: "platform_messages");

            migrationBuilder.DropTable(
                name: "platform_secrets");

            migrationBuilder.DropTable(
                name: "triage_alerts");

            migrationBuilder.DropTable(
                name: "triage_heartbeats");

            migrationBuilder.DropTable(
                name: "triage_keys");
        }
    }
}
