using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Webhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                schema: "paging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    webhook = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(60)", maxLength: 60, nullable: false),
                    type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    next_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    in_hand = table.Column<bool>(type: "boolean", nullable: false),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    answer = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true),
                    milliseconds = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    tried_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    done_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_position",
                schema: "paging",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    xid = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    next = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_position", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                schema: "paging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    secret = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    previous_secret = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    previous_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    events = table.Column<string>(type: "text", nullable: false),
                    teams = table.Column<string>(type: "text", nullable: false),
                    pools = table.Column<string>(type: "text", nullable: false),
                    services = table.Column<string>(type: "text", nullable: false),
                    severities = table.Column<string>(type: "text", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    disabled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    disabled_reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    failed_in_row = table.Column<int>(type: "integer", nullable: false),
                    last_success_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_failure_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhooks", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_created_at",
                schema: "paging",
                table: "webhook_deliveries",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_webhook_event",
                schema: "paging",
                table: "webhook_deliveries",
                columns: new[] { "webhook", "event" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_webhook_place",
                schema: "paging",
                table: "webhook_deliveries",
                columns: new[] { "webhook", "place" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_next",
                schema: "paging",
                table: "webhook_deliveries",
                column: "next_at",
                filter: "next_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_waiting",
                schema: "paging",
                table: "webhook_deliveries",
                columns: new[] { "webhook", "number", "place" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_webhooks_name",
                schema: "paging",
                table: "webhooks",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "webhook_deliveries",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "webhook_position",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "webhooks",
                schema: "paging");
        }
    }
}
