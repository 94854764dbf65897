using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Incidents.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ScheduleService : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "duty_events",
                schema: "scheduling",
                columns: table => new
                {
                    schedule = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    incident = table.Column<Guid>(type: "uuid", nullable: false),
                    shift_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    shift_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duty_events", x => new { x.schedule, x.person, x.shift_from, x.incident });
                });

            migrationBuilder.CreateTable(
                name: "feeds",
                schema: "scheduling",
                columns: table => new
                {
                    owner = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    schedule = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    token_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feeds", x => new { x.owner, x.schedule });
                });

            migrationBuilder.CreateTable(
                name: "handoffs",
                schema: "scheduling",
                columns: table => new
                {
                    schedule = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    position = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    starts = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    ends = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    start_text = table.Column<string>(type: "character varying(1400)", maxLength: 1400, nullable: false),
                    end_text = table.Column<string>(type: "character varying(1400)", maxLength: 1400, nullable: false),
                    told_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_handoffs", x => new { x.schedule, x.position, x.at });
                });

            migrationBuilder.CreateTable(
                name: "limit_runs",
                schema: "scheduling",
                columns: table => new
                {
                    team = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    date = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    findings = table.Column<int>(type: "integer", nullable: false),
                    @new = table.Column<int>(name: "new", type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_limit_runs", x => new { x.team, x.date });
                });

            migrationBuilder.CreateTable(
                name: "limit_seen",
                schema: "scheduling",
                columns: table => new
                {
                    team = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    fingerprint = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    rule = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    first_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_limit_seen", x => new { x.team, x.fingerprint });
                });

            migrationBuilder.CreateTable(
                name: "limit_waivers",
                schema: "scheduling",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_limit_waivers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "overloaded_shifts",
                schema: "scheduling",
                columns: table => new
                {
                    schedule = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    shift_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    shift_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    events = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_overloaded_shifts", x => new { x.schedule, x.person, x.shift_from });
                });

            migrationBuilder.CreateTable(
                name: "swaps",
                schema: "scheduling",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    schedule = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    position = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    from_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    to_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    anyone = table.Column<bool>(type: "boolean", nullable: false),
                    people = table.Column<string>(type: "text", nullable: false),
                    declined = table.Column<string>(type: "text", nullable: false),
                    covers = table.Column<string>(type: "text", nullable: false),
                    counters = table.Column<string>(type: "text", nullable: false),
                    timers = table.Column<string>(type: "text", nullable: false),
                    involved = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    settled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_swaps", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_duty_events_incident",
                schema: "scheduling",
                table: "duty_events",
                column: "incident");

            migrationBuilder.CreateIndex(
                name: "IX_duty_events_shift_to",
                schema: "scheduling",
                table: "duty_events",
                column: "shift_to");

            migrationBuilder.CreateIndex(
                name: "IX_feeds_token_hash",
                schema: "scheduling",
                table: "feeds",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_handoffs_schedule_at",
                schema: "scheduling",
                table: "handoffs",
                columns: new[] { "schedule", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_limit_seen_last_seen_at",
                schema: "scheduling",
                table: "limit_seen",
                column: "last_seen_at");

            migrationBuilder.CreateIndex(
                name: "IX_limit_waivers_ended_at",
                schema: "scheduling",
                table: "limit_waivers",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "IX_overloaded_shifts_shift_to",
                schema: "scheduling",
                table: "overloaded_shifts",
                column: "shift_to");

            migrationBuilder.CreateIndex(
                name: "IX_swaps_id",
                schema: "scheduling",
                table: "swaps",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_swaps_schedule_number",
                schema: "scheduling",
                table: "swaps",
                columns: new[] { "schedule", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_swaps_state_number",
                schema: "scheduling",
                table: "swaps",
                columns: new[] { "state", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duty_events",
                schema: "scheduling");

            migrationBuilder.DropTable(
                name: "feeds",
                schema: "scheduling");

            migrationBuilder.DropTable(
                name: "handoffs",
                schema: "scheduling");

            migrationBuilder.DropTable(
                name: "limit_runs",
                schema: "scheduling");

            migrationBuilder.DropTable(
                name: "limit_seen",
                schema: "scheduling");

            migrationBuilder.DropTable(
                name: "limit_waivers",
                schema: "scheduling");

            migrationBuilder.DropTable(
                name: "overloaded_shifts",
                schema: "scheduling");

            migrationBuilder.DropTable(
                name: "swaps",
                schema: "scheduling");
        }
    }
}
