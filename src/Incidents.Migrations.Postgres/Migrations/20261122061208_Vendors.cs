using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Vendors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_attempts_claim",
                schema: "paging",
                table: "attempts");

            migrationBuilder.AddColumn<string>(
                name: "asked",
                schema: "paging",
                table: "attempts",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "fair_at",
                schema: "paging",
                table: "attempts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "service",
                schema: "paging",
                table: "attempts",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "vendor",
                schema: "paging",
                table: "attempts",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "usage",
                schema: "paging",
                columns: table => new
                {
                    month = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: false),
                    vendor = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    prefix = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    taken = table.Column<long>(type: "bigint", nullable: false),
                    cost = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_usage", x => new { x.month, x.vendor, x.channel, x.prefix });
                });

            migrationBuilder.CreateIndex(
                name: "ix_attempts_claim",
                schema: "paging",
                table: "attempts",
                columns: new[] { "vendor", "urgency", "pool_rank", "fair_at", "ordinal" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_flow",
                schema: "paging",
                table: "attempts",
                columns: new[] { "vendor", "urgency", "pool_rank", "service", "person" },
                filter: "state = 'Waiting'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "usage",
                schema: "paging");

            migrationBuilder.DropIndex(
                name: "ix_attempts_claim",
                schema: "paging",
                table: "attempts");

            migrationBuilder.DropIndex(
                name: "ix_attempts_flow",
                schema: "paging",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "asked",
                schema: "paging",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "fair_at",
                schema: "paging",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "service",
                schema: "paging",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "vendor",
                schema: "paging",
                table: "attempts");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_claim",
                schema: "paging",
                table: "attempts",
                columns: new[] { "urgency", "pool_rank", "due_at", "ordinal" },
                filter: "state = 'Waiting'");
        }
    }
}
