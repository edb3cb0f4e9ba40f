# A booster is frozen where the first check would have put it, and the check said no: the second check need not lie before it.
protocol: maintained
story:
plan from 2027-01-04
all is booked
start takes place
check[1] takes place
loss at check[1] is no
plan from the next day, keeping until 2027-01-15
> plan Mon 2027-01-04 08:00 start[1]
> plan Mon 2027-01-11 09:00 check[1]
> plan Tue 2027-01-12 08:00 booster[1], if needed
> plan Mon 2027-01-18 09:00 check[2]
> plan Tue 2027-01-19 08:00 booster[2], if needed
> plan Mon 2027-01-25 09:00 check[3]
> plan Mon 2027-02-01 09:00 farewell[1], if needed
> plan Thu 2027-02-18 13:00 talk[1], if needed
> booked: check[2], check[3], booster[1], booster[2], talk[1], farewell[1]
> completed: start[1], check[1]
> counted anew: booster-soon[2] from day when lost may come true (check[2])
> plan Mon 2027-01-04 08:00 start[1], stays
> plan Mon 2027-01-11 09:00 check[1], stays
> plan Tue 2027-01-12 08:00 booster[1], stays
> plan Mon 2027-01-18 09:00 check[2]
> plan Mon 2027-01-25 09:00 check[3]
> plan Tue 2027-01-26 08:00 booster[2], if needed
> plan Mon 2027-02-01 09:00 farewell[1], if needed
> plan Thu 2027-02-18 13:00 talk[1], if needed
