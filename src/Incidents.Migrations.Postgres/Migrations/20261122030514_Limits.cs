using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Limits : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duty_events",
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
        }
    }
}
